"""Tokens: every letter is in one, elisions apart, names whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.languages import load
from mapgen.recognition.tokens import LOWER, NAME, NUMBER, SIGN, UPPER, Lexicon, load_common


def words(text, code="fr"):
    return [word.text for word in Lexicon(load(code)).tokens(text).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'Irak et d’Alep", ["l'", "Irak", "et", "d’", "Alep"]),
        ("aujourd'hui à N'Djamena", ["aujourd'hui", "à", "N'Djamena"]),
        ("Il n’a vu ni M’Bour ni L’Isle", ["Il", "n’", "a", "vu", "ni", "M’Bour", "ni", "L’", "Isle"]),
        ("les Etats-Unis", ["les", "Etats-Unis"]),
        ("M. Dupont, 54 ans", ["M.", "Dupont", ",", "54", "ans"]),
        ("Damas/Alep (nord-ouest)", ["Damas", "/", "Alep", "(", "nord-ouest", ")"]),
        ("le 12,5 %", ["le", "12,5", "%"]),
    ],
)
def test_french(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syria's border", ["Syria", "'s", "border"]),
        ("U.S. troops", ["U.S.", "troops"]),
        ("Flagstaff, Ariz., said", ["Flagstaff", ",", "Ariz.", ",", "said"]),
        ("Sana'a and O'Brien", ["Sana'a", "and", "O'Brien"]),
        ("ST. LOUIS (AP)", ["ST.", "LOUIS", "(", "AP", ")"]),
        ("SO SAID THE REV. SO", ["SO", "SAID", "THE", "REV", ".", "SO"]),
    ],
)
def test_english(text, expected):
    assert words(text, "en") == expected


def test_shapes():
    lexis = Lexicon(load("fr"))
    shapes = {form: lexis.word(form).shape for form in ("ville", "Ville", "VILLE", "12", ";", "al-Assad")}
    assert shapes == {"ville": LOWER, "Ville": NAME, "VILLE": UPPER, "12": NUMBER, ";": SIGN, "al-Assad": NAME}


def test_a_headline_is_read_as_text():
    lexis, common = Lexicon(load("fr")), load_common()["fr"]
    tokens = lexis.calm(lexis.tokens("INCENDIE DANS LE VAR : DEUX CENTS HECTARES"), common)
    starts = [word.text for word in tokens.words if word.start]
    assert "Var" in starts
    assert "dans" not in [word.lower for word in tokens.words if word.start]


def test_an_abbreviation_or_two_is_no_headline():
    lexis = Lexicon(load("fr"))
    tokens = lexis.tokens("L'ONU et l'OTAN")
    assert lexis.calm(tokens, frozenset()) is tokens


@given(st.text(max_size=200))
def test_tokens_cover_all_but_space(text):
    tokens = Lexicon(load("fr")).tokens(text)
    covered = set()
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert text[start:end].strip()
        covered.update(range(start, end))
    assert all(letter.isspace() for at, letter in enumerate(text) if at not in covered)


@given(st.text(alphabet="Aéb' -.1’", min_size=1, max_size=40), st.data())
def test_given_spans_begin_and_end_at_tokens(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = Lexicon(load("fr"))
    tokens = words.cut(words.tokens(text), [(start, end)])
    if text[start].strip():
        assert start in tokens.starts
    if text[end - 1].strip():
        assert end in tokens.ends


@pytest.mark.parametrize(("text", "together"), [("Nice Lyon", True), ("Nice\nLyon", False), ("Nice\tLyon", False)])
def test_words_of_two_lines_or_cells_are_apart(text: str, together: bool) -> None:
    assert Lexicon(load("fr")).tokens(text).adjacent(1) is together


def test_an_address_on_the_web_is_one_small_word():
    tokens = Lexicon(load("en")).tokens("See https://Oslo-news.example/Bergen, www.Lyon.example. Or Oslo.")
    addresses = [word for word in tokens.words if "example" in word.text]
    assert [word.text for word in addresses] == ["https://Oslo-news.example/Bergen", "www.Lyon.example"]
    assert not any(word.start for word in addresses)


def test_abbreviated_regions_keep_their_full_stop_also_in_capitals():
    tokens = Lexicon(load("en")).tokens("FRESNO, CALIF. and Fresno, Calif., then Utica, N.Y., ended.")
    regions = [word for word in tokens.words if word.group == "place-abbreviation"]
    assert [word.text for word in regions] == ["CALIF.", "Calif.", "N.Y."]
