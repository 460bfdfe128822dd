from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.reading.signs import clean, plain_name

PIECES = [
    *"abé \n\t\r\v\f-'", "e\u0301", "\u0301", "\u200b", "\u200d", "\u00ad", "\ufb01", "\u00a0", "\u2003", "\u2029",
    "\u0628\u064e", "\u1100\u1161", "\u212b", "\u2019", "\u2011", "`", "\ufeff", "😀", "\r\n", "\u0085",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mont\u00adpellier", "Montpellier"),
        ("Nar\u200bbonne\u2060", "Narbonne"),
        ("\ufeffOslo", "Oslo"),
        ("Lattaquie\u0301", "Lattaquié"),
        ("\ufb01n de Pa\u017fewalk", "fin de Pasewalk"),
        ("Saint\u2010Lô, Aix\u2011les\u2011Bains", "Saint-Lô, Aix-les-Bains"),
        ("L\u2019Aquila, N`Djamena, M\u00b4Bour", "L'Aquila, N'Djamena, M'Bour"),
        ("\u2018Oslo\u2019", "\u2018Oslo'"),
        ("New\u00a0York,\u2009 Los  Angeles", "New York, Los Angeles"),
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a \n \n  b\u2029c", "a\n\nb\n\nc"),
        ("page\n\fpage", "page\npage"),
        ("Ville\tPays    Morts", "Ville\tPays\tMorts"),
        ("Per\u00ad\r\npignan", "Perpignan"),
        ("\u0646\u06cc\u200c\u0634\u0627\u0628\u0648\u0631", "\u0646\u06cc\u200c\u0634\u0627\u0628\u0648\u0631"),
        ("Ni\u200cshapur", "Nishapur"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("Œuf, Ærø, Straße", "Œuf, Ærø, Straße"),
    ],
)  # fmt: skip
def test_forms(written: str, read: str) -> None:
    assert clean(written).text == read


def test_a_text_in_its_normal_form_stays_as_it_is() -> None:
    text = "Il va à Alep.\n\nPuis à Homs.\nFin.\n"
    normal = clean(text)
    assert normal.text == normal.shown == text
    assert not normal.alignment.old_starts


def test_readers_are_shown_the_apostrophes_as_written() -> None:
    normal = clean("L\u2019Aqui\u00adla")
    assert (normal.text, normal.shown) == ("L'Aquila", "L\u2019Aquila")


@given(TEXT)
def test_every_offset_leads_back(text: str) -> None:
    normal = clean(text)
    assert len(normal.text) == len(normal.shown)
    assert unicodedata.is_normalized("NFC", normal.text)
    end_before = 0
    for at in range(len(normal.text)):
        start, end = normal.to_written((at, at + 1))
        assert start < end
        assert end >= end_before
        again = normal.to_normal((start, end))
        assert again[0] <= at < again[1]
        end_before = end


@given(TEXT)
def test_the_normal_form_is_its_own(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_names_are_one_line() -> None:
    assert plain_name(" Deir\r\n ez\u2010Zor ") == "Deir ez-Zor"
