"""Marked text: the form of the project's own dispatches, and every mark in them."""

from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.mark_parser import parse_marked, read_marked
from mapgen.model import Kind, Sense

DISPATCHES = sorted((Path(__file__).parents[3] / "data" / "dispatches").glob("*.txt"))


def test_marks_become_spans():
    marked = parse_marked("[[Paris|city|m]] accuse [[Le Caire]] d'ignorer la [[mer Rouge|water]].")
    assert marked.text == "Paris accuse Le Caire d'ignorer la mer Rouge."
    assert [marked.text[span.start : span.end] for span in marked.spans] == ["Paris", "Le Caire", "mer Rouge"]
    assert [span.sense for span in marked.spans] == [Sense.METONYMIC, Sense.LITERAL, Sense.LITERAL]
    assert [span.kind for span in marked.spans] == [Kind.CITY, None, Kind.WATER]


@pytest.mark.parametrize(
    "line",
    [
        "[[]] vide",
        "[[ Paris]] espace",
        "[[Paris|town]] inconnu",
        "[[Paris ouvert",
        "Paris]] fermé",
        "[[Paris]]ien coupé",
    ],
)
def test_unsound_marks_are_named(line):
    with pytest.raises(DocumentError):
        parse_marked(line)


def test_headers_split_and_blank_lines_part(tmp_path):
    path = tmp_path / "fr.txt"
    path.write_text(
        "# topic: crues  split: heldout\nÀ [[Lyon]], rien.\nÀ [[Vienne]] non plus.\n\nÀ [[Rome]].\n"
        "# topic: feu\nÀ [[Nice]].\n",
        encoding="utf-8",
    )
    texts = read_marked(path)
    assert [(text.topic, text.split, len(text.spans)) for text in texts] == [
        ("crues", "heldout", 2),
        ("crues", "heldout", 1),
        ("feu", "train", 1),
    ]
    assert all(
        text.text[span.start : span.end] in ("Lyon", "Vienne", "Rome", "Nice") for text in texts for span in text.spans
    )
    assert len(read_marked(path, by_sentence=True)) == 4


def test_lines_stay_lines_where_the_header_says_so(tmp_path):
    path = tmp_path / "fr.txt"
    path.write_text(
        "# topic: listes  split: heldout  lines: kept\n[[Nice]]\n[[Rome]]\n\n# topic: feu\nÀ [[Lyon]].\nÀ [[Dole]].\n",
        encoding="utf-8",
    )
    first, second = read_marked(path)
    assert (first.text, first.split) == ("Nice\nRome", "heldout")
    assert [first.text[span.start : span.end] for span in first.spans] == ["Nice", "Rome"]
    assert second.text == "À Lyon. À Dole."


def test_an_unknown_way_of_lines_is_an_error(tmp_path):
    path = tmp_path / "fr.txt"
    path.write_text("# topic: feu  lines: cut\nÀ [[Nice]].\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"fr\.txt:1"):
        read_marked(path)


def test_an_error_names_file_and_line(tmp_path):
    path = tmp_path / "fr.txt"
    path.write_text("# topic: feu\nÀ [[Nice]].\nÀ [[Rome.\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"fr\.txt:3"):
        read_marked(path)


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda path: path.stem)
def test_every_mark_of_the_dispatches_is_sound(path):
    sentences = read_marked(path, by_sentence=True)
    assert sentences
    for sentence in sentences:
        assert sentence.topic, sentence.line
        ends = 0
        for span in sentence.spans:
            name = sentence.text[span.start : span.end]
            assert span.start >= ends, (sentence.line, name)
            assert any(letter.isalpha() for letter in name), sentence.line
            ends = span.end


def test_there_is_enough_of_it_and_a_fifth_is_held_out():
    for code, least in (("fr", 800), ("en", 400)):
        texts = [text for path in DISPATCHES if path.stem[:2] == code for text in read_marked(path, by_sentence=True)]
        held_out = sum(text.split == "heldout" for text in texts)
        assert len(texts) >= least
        assert 0.12 <= held_out / len(texts) <= 0.3


def test_no_topic_is_on_both_sides():
    for path in DISPATCHES:
        sides: dict[str, set[str]] = {}
        for text in read_marked(path):
            sides.setdefault(text.topic, set()).add(text.split)
        assert all(len(side) == 1 for side in sides.values()), path.name
