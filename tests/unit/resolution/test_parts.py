from __future__ import annotations

from dataclasses import replace

from mapgen.corrections import Ruling
from mapgen.model import Document, Relation, RelationType, Toponym
from mapgen.resolution.parts import MOST_NAMES, parts


def named(text: str, name: str) -> list[Toponym]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(Toponym(start=at, end=at + len(name), text=name))
        at = text.find(name, at + 1)
    return found


def test_a_document_with_few_names_is_one_part() -> None:
    document = Document(text="Lyon, " * MOST_NAMES, language="fr")
    toponyms = named(document.text, "Lyon")
    (part,) = parts(document, toponyms)
    assert part.document is document
    assert part.toponyms is toponyms
    rulings = {toponyms[3].span: Ruling(place=None, reason="none")}
    assert part.moved(rulings) is rulings
    assert part.restored(toponyms) is toponyms


def test_every_name_is_in_one_part_with_the_words_beside_it() -> None:
    document = Document(text="La ville de Lyon brûle. " * (2 * MOST_NAMES + 100), language="fr", source="a.txt")
    toponyms = named(document.text, "Lyon")
    phrase = Relation(
        type=RelationType.NEAR, start=toponyms[-1].start - 12, end=toponyms[-1].end, phrase="La ville de Lyon",
        anchors=(toponyms[-1].span,),
    )  # fmt: skip
    toponyms[-1] = replace(toponyms[-1], relation=phrase)
    rulings = {toponyms[-1].span: Ruling(place=None, reason="none")}
    cut = list(parts(document, toponyms))
    assert [toponym for part in cut for toponym in part.written] == toponyms
    assert all(len(part.toponyms) <= MOST_NAMES for part in cut)
    for part in cut:
        assert part.document.source == "a.txt"
        for toponym, written in zip(part.toponyms, part.written, strict=True):
            assert part.document.text[toponym.start : toponym.end] == "Lyon"
            assert part.document.text[: toponym.start].endswith("La ville de ")
            assert toponym.start + part.offset == written.start
        assert list(part.restored(part.toponyms)) == list(part.written)
    last = cut[-1]
    moved = last.toponyms[-1].relation
    assert moved is not None
    assert last.document.text[moved.start : moved.end] == "La ville de Lyon"
    assert moved.anchors == (last.toponyms[-1].span,)
    assert [dict(part.moved(rulings)) for part in cut[:-1]] == [{}] * (len(cut) - 1)
    assert dict(last.moved(rulings)) == {last.toponyms[-1].span: rulings[toponyms[-1].span]}


def test_a_part_ends_where_a_line_does() -> None:
    document = Document(text=("Lyon, " * 400 + "\n") * 12, language="fr")
    sizes = [len(part.toponyms) for part in parts(document, named(document.text, "Lyon"))]
    assert sum(sizes) == 4800
    assert all(size % 400 == 0 for size in sizes)
