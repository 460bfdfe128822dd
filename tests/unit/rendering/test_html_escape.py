from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mapgen.rendering.escape import json_for_html, sound, source_text

NASTY = "</script><!-- & > \u2028\u2029 \u202e\u2066 \x00 \ud800 é 😀"


def test_json_cannot_leave_its_element() -> None:
    text = str(json_for_html({"a": NASTY, NASTY: [NASTY]}))
    assert not any(character in text for character in "<>&\u2028\u2029\u202e\u2066\x00\ud800")
    assert json.loads(text)["a"] == NASTY.replace("\ud800", "\ufffd")


@given(st.text())
def test_json_comes_back(text: str) -> None:
    assert json.loads(str(json_for_html([text]))) == [text]


@given(st.text(alphabet=st.characters(codec=None)))
def test_sound_keeps_every_offset(text: str) -> None:
    assert len(sound(text)) == len(text)
    sound(text).encode("utf-8")


def test_source_text_keeps_carriage_returns_from_the_parser() -> None:
    assert str(source_text("a\r\n<b>&\"'")) == "a&#13;\n&lt;b&gt;&amp;&#34;&#39;"
