"""Features of what precedes and follows a candidate span, and of both together with its name.

They are named in parts. A part is a function that names features, and its arguments: a key of a cache, under which the
value of the features is kept. The fewer arguments a part has, the more often it is met again: features that read the
same fields share a part, and those that a text has rarely have one of their own.
"""

from __future__ import annotations

from typing import Any

from mapgen.recognition.features.parts import Beginning, CueBefore, Elsewhere, Ending, Left, Right

__all__ = [
    "Part",
    "beginning_parts",
    "elsewhere_parts",
    "ending_parts",
    "joint_parts",
    "left_parts",
    "part_names",
    "right_parts",
]

Part = tuple[Any, ...]
"""A function that names features, and its arguments; all that the features depend on is among them."""

_JOINTS = frozenset([",", "and", "/", "-", "–", "—"])


def part_names(part: Part) -> list[str]:
    """Return the features of a part."""
    names: list[str] = part[0](*part[1:])
    return names


def left_parts(it: Left) -> list[Part]:
    """Return the parts of what precedes a span."""
    one, sort1 = it.one, it.sort1
    parts: list[Part] = [
        (_word_before, it.opening, it.capital, one, sort1, it.classes),
        (_words_before, it.opening, it.two, one, it.sort2, sort1),
        (_third_before, it.three),
    ]
    if it.cue[0] or it.cue[1]:
        parts.append((_cue_before, it.cue, one))
    if it.run:
        parts.append((_run_before, one))
    if it.linked:
        parts.append((_linked_before, it.linked, one))
    parts += [(_class_beyond, "L2.class", name, one) for name in it.classes2]
    parts += [(_class_beyond, "L.governing", name, one) for name in it.governing]
    if sort1 in _JOINTS:
        parts.append((_list_before, it.two, it.three, sort1))
    return parts


def right_parts(it: Right) -> list[Part]:
    """Return the parts of what follows a span."""
    one = it.one
    parts: list[Part] = [
        (_word_after, it.capital, one, it.sort1, it.classes),
        (_words_after, one, it.two, it.sort1, it.sort2),
    ]
    if it.cue:
        parts.append((_cue_after, it.cue))
    if it.linked:
        parts.append((_linked_after, one, it.linked))
    parts += [(_class_beyond, "R2.class", name, one) for name in it.classes2]
    if one in (",", "("):
        parts.append((_apposition, one, it.two, it.three))
    return parts


def beginning_parts(gaz: str, extra: int, it: Beginning) -> list[Part]:
    """Return the parts of the beginning of a span together with its name.

    Args:
        gaz: gazetteer class of the span.
        extra: tokens of the span beyond the first.
        it: its beginning.
    """
    known, one, sort1 = "0" if gaz == "0" else "1", it.one, it.sort1
    parts: list[Part] = [
        (_name_after_word, gaz, min(extra, 4), one, sort1),
        (_name_alone, gaz, min(extra, 3), it.opening, "many" if extra else it.lead),
        (_name_after_words, known, it.two, one),
        (_name_after_sorts, gaz, it.sort2, sort1),
    ]
    if it.cue[0]:
        parts.append((_name_and_cue, gaz, min(extra, 3), it.lead, it.cue))
    if it.head:
        parts.append((_name_and_head, gaz, one, it.head))
    if it.spread:
        parts.append((_name_and_spread, known, min(extra, 3), it.spread))
    if it.member:
        parts.append((_name_and_member, "L.member", known, one, it.member))
    parts += [(_topic_and_word_before, gaz, topic, sort1) for topic in it.topics]
    parts += [(_name_and_class, gaz, "L1.class", name) for name in it.classes]
    parts += [(_name_and_class, gaz, "L.class", name) for name in it.governing]
    return parts


def ending_parts(gaz: str, extra: int, it: Ending) -> list[Part]:
    """Return the parts of what follows a span together with its name; arguments as those of `beginning_parts`."""
    known, one, sort1 = "0" if gaz == "0" else "1", it.one, it.sort1
    parts: list[Part] = [
        (_name_before_word, gaz, min(extra, 4), one, sort1, it.capital),
        (_name_before_words, known, one, it.two),
    ]
    if it.member:
        parts.append((_name_and_member, "R.member", known, one, it.member))
    parts += [(_topic_and_word_after, known, topic, sort1) for topic in it.topics]
    parts += [(_name_and_class, gaz, "R1.class", name) for name in it.classes]
    return parts


def joint_parts(gaz: str, extra: int, before: Beginning, after: Ending) -> list[Part]:
    """Return the parts of both neighbours of a span together; arguments as those of `beginning_parts`."""
    known, sort1, next_sort = "0" if gaz == "0" else "1", before.sort1, after.sort1
    return [
        (_words_around, "" if extra else gaz, before.one, after.one),
        (_sorts_around, before.sort2, sort1, next_sort),
        (_name_between, known, min(extra, 2), sort1, next_sort),
        *(((_cue_and_capital, known, after.capital),) if before.cue[0] else ()),
    ]


def elsewhere_parts(gaz: str, before: str, it: Elsewhere) -> list[Part]:
    """Return the parts of the rest of the document.

    Args:
        gaz: gazetteer class of the span.
        before: group of the word before the span.
        it: what the rest of the document says of it.
    """
    parts: list[Part] = []
    if it.parts or it.company or it.inside:
        parts.append((_rest_of_document, gaz, it.parts, it.company, it.inside))
    if it.document:
        parts.append((_other_occurrences, gaz, before, it.document))
    return parts


def _word_before(opening: bool, capital: bool, one: str, sort1: str, classes: tuple[str, ...]) -> list[str]:
    return [
        f"L.open={opening}",
        f"L1={one}",
        f"L.capital={capital}&{one if capital else ''}",
        f"C1={sort1}",
        *(f"L1.class={known}" for known in classes),
    ]


def _words_before(opening: bool, two: str, one: str, sort2: str, sort1: str) -> list[str]:
    return [f"L2={two}", f"L12={two}_{one}", f"C12={sort2}_{sort1}", f"C12={sort2}_{sort1}&{opening}"]


def _third_before(three: str) -> list[str]:
    return [f"L3={three}"]


def _cue_before(cue: CueBefore, one: str) -> list[str]:
    mark, kind, noun = cue
    return [f"L.cue={mark}", f"L.cue={mark}{kind}", f"L.cue-noun={noun}_{one}"] if mark else [f"L.noun={kind}_{one}"]


def _run_before(one: str) -> list[str]:
    return ["L.run-cue", f"L.run-cue&{one}"]


def _linked_before(linked: str, one: str) -> list[str]:
    return [f"L.linked={linked}_{one}"]


def _list_before(two: str, three: str, sort1: str) -> list[str]:
    return [f"L.list={two}_{three}_{sort1}"]


def _class_beyond(place: str, name: str, one: str) -> list[str]:
    return [f"{place}={name}", f"{place}={name}&{one}"]


def _word_after(capital: bool, one: str, sort1: str, classes: tuple[str, ...]) -> list[str]:
    return [
        f"K1={sort1}",
        f"R1={one}",
        f"R.capital={capital}&{one if capital else ''}",
        *(f"R1.class={known}" for known in classes),
    ]


def _words_after(one: str, two: str, sort1: str, sort2: str) -> list[str]:
    return [f"K12={sort1}_{sort2}", f"R2={two}", f"R12={one}_{two}"]


def _cue_after(cue: str) -> list[str]:
    return ["R.cue", f"R.cue={cue}"]


def _linked_after(one: str, linked: str) -> list[str]:
    return [f"R.linked={one}_{linked}"]


def _apposition(one: str, two: str, three: str) -> list[str]:
    return [f"R123={one}_{two}_{three}"]


def _name_after_word(gaz: str, extra: int, one: str, sort1: str) -> list[str]:
    return [f"g={gaz}&L1={one}", f"g={gaz}&C1={sort1}", f"words={extra}&L1={one}"]


def _name_alone(gaz: str, extra: int, opening: bool, alone: str) -> list[str]:
    names = [f"g={gaz}&alone={alone}&open={opening}"]
    return [*names, f"g={gaz}&many={extra}"] if extra else names


def _name_after_words(known: str, two: str, one: str) -> list[str]:
    return [f"g={known}&L12={two}_{one}"]


def _name_after_sorts(gaz: str, sort2: str, sort1: str) -> list[str]:
    return [f"g={gaz}&C12={sort2}_{sort1}"]


def _name_and_cue(gaz: str, extra: int, lead: str, cue: CueBefore) -> list[str]:
    known = "0" if gaz == "0" else "1"
    return [
        f"g={gaz}&L.cue={cue[0]}",
        f"g={known}&L.cue={cue[0]}{cue[1]}",
        f"L.cue={cue[0]}&words={extra}",
        f"L.cue{cue[0]}&first={lead}&{known}",
    ]


def _name_and_head(gaz: str, one: str, head: str) -> list[str]:
    group = "small" if "-small" in head else head
    return [f"L.head={head}", f"L.head={group}", f"L.head={group}&{gaz}", f"L.head={group}&L1={one}"]


def _name_and_spread(known: str, extra: int, spread: str) -> list[str]:
    return ["L.spread", f"L.spread={spread}", f"L.spread&{known}&{extra}"]


def _name_and_member(side: str, known: str, one: str, member: str) -> list[str]:
    return [f"{side}={member}", f"{side}={member}&{one}&{known}"]


def _name_and_class(gaz: str, place: str, name: str) -> list[str]:
    names = [f"g={gaz}&{place}={name}"]
    return names if gaz == "0" else [*names, f"g=1&{place}={name}"]


def _topic_and_word_before(gaz: str, topic: str, sort1: str) -> list[str]:
    return [f"T={topic}&{gaz}", f"T={topic}&C1={sort1}&{'0' if gaz == '0' else '1'}"]


def _topic_and_word_after(known: str, topic: str, sort1: str) -> list[str]:
    return [f"T={topic}&K1={sort1}&{known}"]


def _name_before_word(gaz: str, extra: int, one: str, sort1: str, capital: bool) -> list[str]:
    return [f"g={gaz}&R1={one}", f"g={gaz}&K1={sort1}", f"words={extra}&R.capital={capital}&{gaz}"]


def _name_before_words(known: str, one: str, two: str) -> list[str]:
    return [f"g={known}&R12={one}_{two}"]


def _words_around(gaz: str, before: str, after: str) -> list[str]:
    """Name those of the words around; `gaz` is the class of a span of one token, "" of a longer one."""
    names = [f"L1={before}&R1={after}"]
    return [*names, f"g={gaz}&L1={before}&R1={after}"] if gaz else names


def _sorts_around(sort2: str, sort1: str, next_sort: str) -> list[str]:
    return [f"C12={sort2}_{sort1}&K1={next_sort}"]


def _name_between(known: str, extra: int, sort1: str, next_sort: str) -> list[str]:
    return [f"g={known}&C1={sort1}&K1={next_sort}&{extra}"]


def _cue_and_capital(known: str, capital: bool) -> list[str]:
    return [f"L.cue&R.capital={capital}&{known}"]


def _rest_of_document(gaz: str, parts: str, company: str, inside: str) -> list[str]:
    names: list[str] = []
    if parts:
        names += [f"n.parts={parts}", f"n.parts={parts}&{gaz}"]
    if company:
        names += [f"d.company={company}", f"d.company={company}&{gaz}"]
    if inside:
        names += ["g.longer", f"g.longer&{gaz}"]
    return names


def _other_occurrences(gaz: str, before: str, document: str) -> list[str]:
    return [f"d={document}", f"d={document}&{gaz}", f"d={document}&L1={before}"]
