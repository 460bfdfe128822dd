from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.model import AnnotatedDocument, Document
from mapgen.reading import normal_text
from mapgen.rendering.passages import Excerpts, Offsets, blocks

SENTENCE = "Les pluies ont coupé la route de la vallée pendant trois jours, selon la préfecture. "


def read(document: Document) -> AnnotatedDocument:
    return AnnotatedDocument(document=document, normal=normal_text(document.text, language=document.language))


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in blocks(read(document))]


def test_lines_are_paragraphs() -> None:
    document = Document(text="Un.\n\nDeux.\r\nTrois.", language="fr")
    assert texts(document) == ["Un.\n\n", "Deux.\r\n", "Trois."]


def test_a_long_line_is_split_at_sentence_ends() -> None:
    document = Document(text=SENTENCE * 23, language="fr")
    parts = texts(document)
    assert 4 <= len(parts) <= 8
    assert all(part.strip().endswith(".") for part in parts)
    assert all(2 <= part.count("préfecture") <= 5 for part in parts)


def test_subheads_inside_a_line_stand_alone() -> None:
    text = SENTENCE * 6 + "- Le pont rouvert - " + SENTENCE * 6
    document = Document(text=text, language="fr")
    assert [text[block.start : block.end] for block in blocks(read(document)) if block.type == "h"] == [
        "- Le pont rouvert - "
    ]


def test_dashes_of_a_sentence_are_no_subhead() -> None:
    text = SENTENCE * 6 + "Le maire - un agriculteur - a parlé. " + SENTENCE * 6
    assert all(block.type == "p" for block in blocks(read(Document(text=text, language="fr"))))


@pytest.mark.parametrize(
    "text, headline",
    [
        ("Lyon\u00a0: trois quartiers sans eau\n\nUne conduite a cédé.", "Lyon\u00a0: trois quartiers sans eau"),
        ("Lyon : trois quartiers sans eau\n7 juin 2023\n\nUne conduite a cédé.", "Lyon : trois quartiers sans eau"),
        ("Un long titre qui\ncontinue ici\n\nUne conduite a cédé.", "Un long titre qui\ncontinue ici"),
        ("Une conduite a cédé à Lyon.\n\nElle est réparée.", ""),
        ("Alep\n\nHama\n\nHoms", ""),
        ("Alep, Hama et Homs", ""),
    ],
)
def test_a_headline_is_the_first_line(text: str, headline: str) -> None:
    found = [block for block in blocks(read(Document(text=text, language="fr"))) if block.type == "headline"]
    assert [text[block.start : block.end].strip() for block in found] == [headline] * bool(headline)


@given(st.text(alphabet="ab .!?\n\r\u2028-É«»😀", max_size=3000))
def test_blocks_joined_are_the_text(text: str) -> None:
    found = blocks(read(Document(text=text, language="fr")))
    assert "".join(text[block.start : block.end] for block in found) == text
    assert all(one.end == other.start for one, other in pairwise(found))


def test_an_excerpt_is_the_sentence() -> None:
    text = "Il pleut.  Homs est sous l'eau. Il fait nuit."
    span = (text.index("Homs"), text.index("Homs") + 4)
    start, end = Excerpts(read(Document(text=text, language="fr")))(span)
    assert text[start:end] == "Homs est sous l'eau."


def test_an_endless_sentence_is_shown_around_the_name() -> None:
    text = "mot " * 400 + "Homs " + "mot " * 400
    start, end = Excerpts(read(Document(text=text, language="fr")))((1600, 1604))
    assert 300 < end - start < 450
    assert "Homs" in text[start:end]
    assert text[start:end] == text[start:end].strip()


@given(st.text(alphabet="aé😀\U0001f600 ", min_size=1, max_size=60))
def test_offsets_count_as_javascript_does(text: str) -> None:
    utf16 = Offsets(text)
    for offset in range(len(text) + 1):
        assert utf16(offset) == len(text[:offset].encode("utf-16-le")) // 2
