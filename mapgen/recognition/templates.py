"""The features by name: of the name itself, of the words on either side, and of both together.

Prefixes: `n` the name itself, `g` the gazetteer, `L` left of it, `R` right of it (`C` and `K` the same with the classes
that all languages share), `d` the rest of the document, `T` what the passage speaks of; two joined by `&` are a
conjunction. `class` is what large word lists say of a word (see `word_classes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.model import Kind, MatchType
from mapgen.recognition.candidates import Facts
from mapgen.recognition.tokens import LOWER, NUMBER, UPPER, Word

__all__ = [
    "After",
    "Aside",
    "Before",
    "CueBefore",
    "Left",
    "Pair",
    "Right",
    "aside_names",
    "gazetteer_class",
    "left_names",
    "name_features",
    "pair_names",
    "right_names",
]

CueBefore = tuple[str, str, str]
"""How a cue stands before a word ("+" linked, "=" directly, "" not at all), its kind, its noun."""


class Left(NamedTuple):
    """What stands left of a candidate.

    Attributes:
        opening: whether it opens a sentence.
        one: group of the word before.
        two: of the one before that.
        three: and before that.
        cue: the cue before it.
        capital: whether the word before has a capital.
        linked: group of the capitalised word that a link ties to it ("Canadiens de"), or "".
        sort1: class of the word before.
        sort2: of the one before that.
        run: the cue before the run of capitalised words that it continues.
        classes: what word lists say of the word before.
        classes2: of the one before that.
        governing: of the word that governs it across articles and "of" ("crue de la", "enjambe le").
    """

    opening: bool
    one: str
    two: str
    three: str
    cue: CueBefore
    capital: bool
    linked: str
    sort1: str
    sort2: str
    run: str
    classes: tuple[str, ...] = ()
    classes2: tuple[str, ...] = ()
    governing: tuple[str, ...] = ()


class Right(NamedTuple):
    """What stands right of a candidate.

    Attributes:
        one: group of the word after.
        two: of the one after that.
        three: and after that.
        capital: whether the word after has a capital.
        cue: what an apposition says ("a town"), or "".
        linked: group of the capitalised word that a link ties to it, or "".
        sort1: class of the word after.
        sort2: of the one after that.
        classes: what word lists say of the word after.
        classes2: of the one after that.
    """

    one: str
    two: str
    three: str
    capital: bool
    cue: str
    linked: str
    sort1: str
    sort2: str
    classes: tuple[str, ...] = ()
    classes2: tuple[str, ...] = ()


class Aside(NamedTuple):
    """What one side of a candidate has to say together with what the gazetteer says of it.

    Attributes:
        side: "L" or "R".
        topics: the subjects that the passage speaks of, with how much ("sport3").
        sort: class of the word on that side.
        classes: what word lists say of that word.
        governing: of the word that governs the candidate from the left.
    """

    side: str
    topics: tuple[str, ...]
    sort: str
    classes: tuple[str, ...]
    governing: tuple[str, ...] = ()


class Before(NamedTuple):
    """The part of a `Pair` that hangs on the first word of a candidate and what stands before it.

    Attributes are those of `Pair`; `neighbour` is the left one of its `neighbours`.
    """

    opening: bool
    one: str
    two: str
    cue: CueBefore
    sort1: str
    sort2: str
    neighbour: str
    spread: str
    head: str
    lead: str


class After(NamedTuple):
    """The part of a `Pair` that hangs on the last word of a candidate and what stands behind it.

    Attributes:
        one: `after` of the pair.
        two: `after2` of it.
        sort1: `next_sort` of it.
        capital: as there.
        neighbour: the right one of its `neighbours`.
    """

    one: str
    two: str
    sort1: str
    capital: bool
    neighbour: str


class Pair(NamedTuple):
    """What the parts of the picture say together.

    Attributes:
        gaz: what the gazetteer says, as a class.
        opening: whether the candidate opens a sentence.
        one: group of the word before.
        two: of the one before that.
        cue: the cue before it.
        sort1: class of the word before.
        sort2: of the one before that.
        next_sort: class of the word after.
        after: group of the word after.
        after2: of the one after that.
        capital: whether the word after has a capital.
        alone: group of a candidate of one word.
        inside: whether a longer name is known around it.
        document: what other occurrences say.
        extra: words beyond the first.
        neighbours: what the gazetteer says of the members of its list, left and right.
        spread: the kind that a plural cue spreads to it.
        head: the noun that governs it from afar.
        parts: what the gazetteer says of its first and last word.
        company: whether places of its country are near.
        lead: group of its first word.
    """

    gaz: str
    opening: bool
    one: str
    two: str
    cue: CueBefore
    sort1: str
    sort2: str
    next_sort: str
    after: str
    after2: str
    capital: bool
    alone: str
    inside: str
    document: str
    extra: int
    neighbours: tuple[str, str]
    spread: str
    head: str
    parts: str
    company: str
    lead: str


def gazetteer_class(facts: Facts | None) -> str:
    """Return one letter or two for what the gazetteer says of a name: the coarse class that conjunctions use."""
    if facts is None:
        return "0"
    if facts.own:
        return "P5"  # the user says that it is a place: as good as a big city
    kinds = facts.kinds
    if Kind.COUNTRY in kinds or Kind.CONTINENT in kinds:
        return "C"
    if kinds & _FEATURE_KINDS and not facts.population:
        return "F"
    if Kind.REGION in kinds and not (facts.main and facts.population >= 300_000):
        return "R" if facts.main else "r"
    size = (
        "5"
        if facts.population >= 300_000
        else "4"
        if facts.population >= 30_000
        else "3"
        if facts.population >= 4_000
        else "1"
    )
    return ("P" if facts.main else "p") + size + ("~" if facts.match == MatchType.TRANSLITERATED else "")


_FEATURE_KINDS = frozenset([Kind.WATER, Kind.TERRAIN, Kind.AREA, Kind.FACILITY])


def name_features(
    words: Sequence[Word], facts: Facts | None, language: Language, common: frozenset[str], *, opening: bool
) -> list[str]:
    """Return the features of a name by itself.

    Args:
        words: its words.
        facts: what the gazetteer says of it.
        language: of the text.
        common: words that are common in small letters.
        opening: whether it opens a sentence.
    """
    first, last = words[0], words[-1]
    gaz = gazetteer_class(facts)
    names = ["n", f"g={gaz}", f"n.words={len(words)}", f"n.first={first.group if len(words) > 1 else ''}"]
    names.append(f"n.last={last.group if len(words) > 1 else 'one:' + last.group}")
    shapes = "".join(str(word.shape) for word in words[:4])
    names.append(f"n.shapes={shapes}&{opening}")
    lower = last.lower
    if last.shape == UPPER and len(lower) > 4:
        names.append("n.long-capitals")
    names.append(f"n.length={min(len(lower), 9)}&{last.shape}")
    if len(words) == 1 or facts is None:
        names += [f"n.end3={lower[-3:]}", f"n.end2={lower[-2:]}"]
    if "-" in last.text:
        names.append(f"n.hyphen&{gaz}")
    if len(words) == 1:
        is_common = last.lower in common
        names += [f"n.common={is_common}&{opening}", f"n.common={is_common}&{gaz}", f"n.one={last.group}&{gaz}"]
        if opening and is_common:
            names.append(f"n.opening-common&{gaz}")
    else:
        inner = {word.sort for word in words[1:-1]}
        names += [f"n.inside={group}" for group in inner if group in _TELLING]
        names.append(f"n.pair={first.group}+{last.group}")
        if any(word.shape == LOWER for word in words[1:-1]):
            names.append(f"n.linked&{gaz}")
        names.append(f"n.unknown-words&{len(words)}" if facts is None else f"n.known-words&{gaz}")
        if first.shape == LOWER:
            names += [f"n.small={first.lower}", f"n.small&{gaz}"]
    if last.lower in language.not_places or words[0].lower in language.not_places:
        names += ["n.not-place", f"n.not-place&{gaz}&{len(words) > 1}"]
    if last.lower in language.demonyms or (len(words) > 1 and words[0].lower in language.demonyms):
        names.append(f"n.demonym&{len(words) > 1}&{facts is not None}")
    names += _class_names(first, last, gaz, opening=opening)
    if any(word.shape == NUMBER for word in words):
        names.append("n.number")
    if last.lower in language.behind_cues and len(words) > 1:
        names.append(f"n.behind-cue={language.behind_cues[last.lower].value}")
    if facts is not None:
        names += _gazetteer_names(facts, min(len(words), 3))
    return names


def _class_names(first: Word, last: Word, gaz: str, *, opening: bool) -> list[str]:
    """Return what word lists say of the first and the last word of a name."""
    if first is last:
        names = [f"n.class={known}" for known in first.classes]
        names += [f"n.class={known}&{gaz}" for known in first.classes]
        return names + [f"n.class={known}&open={opening}" for known in first.classes[-1:]]
    names = [f"n.first-class={known}" for known in first.classes]
    names += [f"n.last-class={known}" for known in last.classes]
    names += [f"n.last-class={known}&{gaz}" for known in last.classes]
    return names + [f"n.classes={one}+{two}" for one, two in zip(first.classes, last.classes, strict=False)]


_TELLING = frozenset(
    ["org", "orgtail", "title", "given", "person", "of", "article", "and", "at", "weak", "dem", "cue", "generic"]
)


def _gazetteer_names(facts: Facts, words: int) -> list[str]:
    if facts.own:
        return ["g.match=exact", "g.main=True", "g.population=6&True", "g.names=6", "g.places=1", "g.kind=city"]
    names = [f"g.match={facts.match.value}", f"g.main={facts.main}"]
    names.append(f"g.population={len(str(facts.population)) if facts.population else 0}&{facts.main}")
    names.append(f"g.names={min(facts.name_count.bit_length(), 8)}")
    names.append(f"g.places={min(facts.places.bit_length(), 6)}")
    names += [f"g.kind={kind.value}" for kind in facts.kinds]
    if len(facts.kinds) == 1:
        # What can only be an area, a river, a country ("Soviet Union") is surer of it with every word.
        (kind,) = facts.kinds
        names += [f"g.only={kind.value}&{words}", f"g.only={kind.value}&{words}&{facts.main}&{facts.places == 1}"]
    return names


def left_names(it: Left) -> list[str]:
    """Return the features of what stands left of a candidate."""
    names = [
        f"L.open={it.opening}",
        f"L1={it.one}",
        f"L2={it.two}",
        f"L12={it.two}_{it.one}",
        f"L3={it.three}",
        f"L.capital={it.capital}&{it.one if it.capital else ''}",
    ]
    if it.cue[0]:
        names += [f"L.cue={it.cue[0]}", f"L.cue={it.cue[0]}{it.cue[1]}", f"L.cue-noun={it.cue[2]}_{it.one}"]
    elif it.cue[1]:
        names.append(f"L.noun={it.cue[1]}_{it.one}")
    if it.run:
        names += ["L.run-cue", f"L.run-cue&{it.one}"]
    if it.linked:
        names.append(f"L.linked={it.linked}_{it.one}")
    names += [f"C1={it.sort1}", f"C12={it.sort2}_{it.sort1}", f"C12={it.sort2}_{it.sort1}&{it.opening}"]
    names += [f"L1.class={known}" for known in it.classes]
    for known in it.classes2:
        names += [f"L2.class={known}", f"L2.class={known}&{it.one}"]
    for known in it.governing:
        names += [f"L.governing={known}", f"L.governing={known}&{it.one}"]
    if it.sort1 in (",", "and", "/", "-", "–", "—"):
        names.append(f"L.list={it.two}_{it.three}_{it.sort1}")
    return names


def right_names(it: Right) -> list[str]:
    """Return the features of what stands right of a candidate."""
    names = [
        f"K1={it.sort1}",
        f"K12={it.sort1}_{it.sort2}",
        f"R1={it.one}",
        f"R2={it.two}",
        f"R12={it.one}_{it.two}",
        f"R.capital={it.capital}&{it.one if it.capital else ''}",
    ]
    if it.cue:
        names += ["R.cue", f"R.cue={it.cue}"]
    if it.linked:
        names.append(f"R.linked={it.one}_{it.linked}")
    names += [f"R1.class={known}" for known in it.classes]
    for known in it.classes2:
        names += [f"R2.class={known}", f"R2.class={known}&{it.one}"]
    if it.one in (",", "("):
        names.append(f"R123={it.one}_{it.two}_{it.three}")
    return names


def aside_names(it: Aside, gaz: str) -> list[str]:
    """Return what the passage and word lists say on one side, with what the gazetteer says of the candidate.

    Args:
        it: the side.
        gaz: what the gazetteer says of the candidate, as a class.
    """
    known = "0" if gaz == "0" else "1"
    names: list[str] = []
    for topic in it.topics:
        if it.side == "L":
            names += [f"T={topic}&{gaz}", f"T={topic}&C1={it.sort}&{known}"]
        else:
            names.append(f"T={topic}&K1={it.sort}&{known}")
    for place, classes in ((f"{it.side}1", it.classes), (it.side, it.governing)):
        names += [f"g={gaz}&{place}.class={one}" for one in classes]
        if known == "1":
            names += [f"g={known}&{place}.class={one}" for one in classes]
    return names


def pair_names(it: Pair) -> list[str]:
    """Return the features of what the parts of the picture say together."""
    known = "0" if it.gaz == "0" else "1"
    names = [
        f"g={it.gaz}&L1={it.one}",
        f"g={known}&L12={it.two}_{it.one}",
        f"g={it.gaz}&R1={it.after}",
        f"g={known}&R12={it.after}_{it.after2}",
        f"L1={it.one}&R1={it.after}",
        f"g={it.gaz}&C1={it.sort1}",
        f"g={it.gaz}&C12={it.sort2}_{it.sort1}",
        f"g={it.gaz}&K1={it.next_sort}",
        f"C12={it.sort2}_{it.sort1}&K1={it.next_sort}",
        f"g={known}&C1={it.sort1}&K1={it.next_sort}&{min(it.extra, 2)}",
        f"g={it.gaz}&L1={it.one}&R1={it.after}" if it.extra == 0 else f"g={it.gaz}&many={min(it.extra, 3)}",
        f"g={it.gaz}&alone={it.alone}&open={it.opening}",
        f"words={min(it.extra, 4)}&L1={it.one}",
        f"words={min(it.extra, 4)}&R.capital={it.capital}&{it.gaz}",
    ]
    if it.cue[0]:
        names += [
            f"g={it.gaz}&L.cue={it.cue[0]}",
            f"g={known}&L.cue={it.cue[0]}{it.cue[1]}",
            f"L.cue={it.cue[0]}&words={min(it.extra, 3)}",
        ]
        names += [f"L.cue&R.capital={it.capital}&{known}", f"L.cue{it.cue[0]}&first={it.lead}&{known}"]
    if it.head:
        group = "small" if "-small" in it.head else it.head
        names += [f"L.head={it.head}", f"L.head={group}", f"L.head={group}&{it.gaz}", f"L.head={group}&L1={it.one}"]
    if it.parts:
        names += [f"n.parts={it.parts}", f"n.parts={it.parts}&{it.gaz}"]
    if it.company:
        names += [f"d.company={it.company}", f"d.company={it.company}&{it.gaz}"]
    if it.spread:
        names += ["L.spread", f"L.spread={it.spread}", f"L.spread&{known}&{min(it.extra, 3)}"]
    for side, neighbour in zip("LR", it.neighbours, strict=True):
        if neighbour:
            joint = it.one if side == "L" else it.after
            names += [f"{side}.member={neighbour}", f"{side}.member={neighbour}&{joint}&{known}"]
    if it.inside:
        names += ["g.longer", f"g.longer&{it.gaz}"]
    if it.document:
        names += [f"d={it.document}", f"d={it.document}&{it.gaz}", f"d={it.document}&L1={it.one}"]
    return names
