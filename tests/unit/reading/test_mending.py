from __future__ import annotations

import io
import json

import pytest

from mapgen.reading import read


def read_text(text: str):  # type: ignore[no-untyped-def]
    return read(io.BytesIO(text.encode()))


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Ils vont Ã  NÃ®mes et Ã\xa0 SÃ¨te.", "Ils vont à Nîmes et à Sète."),
        ("Lâ€™armÃ©e quitte AlÃ¨s.", "L’armée quitte Alès."),
        ("À N&icirc;mes et Al&#232;s, S&amp;egrave;te &amp; Agde", "À Nîmes et Alès, Sète & Agde"),
    ],
)
def test_what_is_sure_is_mended_and_told(damaged: str, right: str) -> None:
    document = read_text(damaged)
    assert document.text == right
    assert len(document.notes) == 1
    assert "mended" in document.notes[0]


@pytest.mark.parametrize(
    "text", ["Ils vont à Nîmes, Âge : 3 ans, SÃO PAULO, « Ça » — l’été.", "AT&T; R&D; a &lt; b", "Москва, Рим, Ελλάδα"]
)
def test_what_could_be_meant_stays(text: str) -> None:
    document = read_text(text)
    assert (document.text, document.notes) == (text, ())


def test_letters_that_are_lost_are_told() -> None:
    document = read_text("Ils vont à N\ufffdmes.")
    assert "\ufffd" in document.text
    assert "1 letter is lost" in document.notes[0]


def test_addresses_and_records_move_with_the_text() -> None:
    rows = [{"text": "Vers NÃ®mes et BÃ©ziers."}, {"text": "Vers AlÃ¨s."}]
    document = read(io.BytesIO(json.dumps(rows).encode()))
    assert [each.text for each in document.texts()] == ["Vers Nîmes et Béziers.", "Vers Alès."]
    assert str(document.address(document.text.index("Alès"))) == "item=2"
