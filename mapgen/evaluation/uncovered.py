"""Why the right place of a name is not among its candidates, by cause and kind.

    python -m mapgen.evaluation.uncovered CORPUS...

measures resolution over corpora with coordinates, spans given, and lists the names without a right candidate.
`docs/evaluation.md` holds the same list; `mapgen.evaluation.documentation` writes it.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from mapgen import languages
from mapgen.errors import MapgenError
from mapgen.evaluation.cases import Case
from mapgen.evaluation.command import run_over
from mapgen.evaluation.gold import Atlas
from mapgen.evaluation.report.wording import escaped
from mapgen.evaluation.run import Run
from mapgen.evaluation.subject import PackageSubject
from mapgen.gazetteer import Match
from mapgen.gazetteer.generic_words import generic_words
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.short_forms import peoples
from mapgen.kinds import SETTLEMENTS, VAST
from mapgen.model import Kind, MatchType, Place

__all__ = ["Cause", "Names", "uncovered", "uncovered_lines"]

_NEAR_KM = 30.0
"""How far from the corpus' point a place may lie to be the one that is meant, or its town."""
_NEAREST = 40
_LIKE = 0.75
"""Likeness of two names (Ratcliff & Obershelp 1988) that are one in two spellings."""
_SHORTEST = 2


class Cause(StrEnum):
    """Why no candidate is right, the first that holds."""

    WIDE = "a wide place, whose point the corpus puts elsewhere"
    PEOPLE = "a people or the inhabitants of a place"
    PIECE = "a piece of a name"
    SPELLING = "another spelling or form of a name that the gazetteer has"
    OTHER_NAME = "a place that the gazetteer has under other names"
    NAMESAKE = "not in the gazetteer, which has namesakes"
    UNKNOWN = "neither the place nor its name is in the gazetteer"


class Names(Atlas, Protocol):
    """What of a gazetteer is needed to tell the causes."""

    def lookup(self, name: str, *, strength: MatchType = ..., country: str = "", limit: int = 0) -> tuple[Match, ...]:
        """Return the places that a name can mean."""

    def country(self, code: str) -> Place | None:
        """Return the country with an ISO 3166-1 alpha-2 code, or None."""


def uncovered(run: Run, names: Names) -> dict[Cause, tuple[Case, ...]]:
    """Return the names of a run without a right candidate, by cause."""
    found: dict[Cause, list[Case]] = defaultdict(list)
    for case in run.cases:
        if case.covered is False and case.truth is not None:
            found[_cause(case, names)].append(case)
    return {cause: tuple(found[cause]) for cause in Cause if cause in found}


def _cause(case: Case, names: Names) -> Cause:
    known = names.lookup(case.name, strength=MatchType.FOLDED)
    if any(_is_wide(match.place) and case.kind in ("", match.place.kind) for match in known):
        return Cause.WIDE
    if _is_people(case.name):
        return Cause.PEOPLE
    meant = _meant(case, names)
    form = fold(case.name)
    forms = [fold(name) for place in meant for name in (place.name, *place.names)]
    if any(_is_piece(form, each) for each in forms):
        return Cause.PIECE
    if any(_is_alike(form, each) for each in forms):
        return Cause.SPELLING
    if case.truth is not None and case.truth.id and names.get(case.truth.id) is not None:
        return Cause.OTHER_NAME
    return Cause.NAMESAKE if known else Cause.UNKNOWN


def _is_people(name: str) -> bool:
    """Whether a name is one of a people, or of those who live in a place."""
    plain = name.casefold()
    forms = (plain, plain.removesuffix("s"))
    return bool(peoples(name)) or any(form in languages.load(code).demonyms for code in ("en", "fr") for form in forms)


def _is_wide(place: Place) -> bool:
    """Whether a place is a continent, or a sea, a river or an area over several countries."""
    return place.kind is Kind.CONTINENT or (not place.country and place.kind not in SETTLEMENTS)


def _meant(case: Case, names: Names) -> list[Place]:
    """The places that the name may mean: that of the corpus' id, the country that it calls one, those around."""
    truth = case.truth
    if truth is None:
        return []
    known = [names.get(truth.id) if truth.id else None]
    if case.kind in VAST:
        known.append(names.country(case.country))
    around = names.nearest(truth.lat, truth.lon, radius_km=_NEAR_KM, limit=_NEAREST)
    return [place for place in known if place is not None] + [place for place, _ in around]


def _is_piece(form: str, other: str) -> bool:
    """Whether a form is a part of another one that ends or begins inside of a word, as lines of newspapers break."""
    at = other.find(form) if len(form) >= _SHORTEST else -1
    end = at + len(form)
    return at >= 0 and (other[at - 1 : at].isalpha() or other[end : end + 1].isalpha())


def _is_alike(form: str, other: str) -> bool:
    """Whether two folded names differ in few letters, or one has all words of the other, generic ones apart."""
    words, others = ({word for word in each.split() if word not in generic_words()} for each in (form, other))
    if words and others and (words <= others or others <= words):
        return True
    return difflib.SequenceMatcher(None, form, other).ratio() >= _LIKE


def uncovered_lines(causes: Mapping[Cause, Sequence[Case]], corpus: str, total: int) -> Iterator[str]:
    """Yield a paragraph and a list: how many names have no right candidate, and which, by cause.

    Args:
        causes: what `uncovered` returns.
        corpus: its name.
        total: how many names were judged.
    """
    count = sum(len(cases) for cases in causes.values())
    share = count / total if total else 0.0
    yield f"{corpus}: {count:,} of {total:,} names ({share:.1%}) have no right place among their candidates.\n"
    for cause, cases in causes.items():
        kinds = Counter(case.kind or "kind not told" for case in cases)
        by_kind = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
        listed = Counter(f"{escaped(case.name)}{f' ({case.country})' if case.country else ''}" for case in cases)
        named = "; ".join(f"{name} ×{number}" if number > 1 else name for name, number in listed.most_common())
        yield f"- **{cause}**: {len(cases)} ({by_kind}): {named}"
    yield ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mapgen.evaluation.uncovered", description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="corpora whose names have coordinates")
    try:
        with PackageSubject() as subject:
            for path in parser.parse_args(arguments).corpus:
                run = run_over(path, subject, Run(task="resolution", corpus=path.name, sha256="", version=""))
                print(*uncovered_lines(uncovered(run, subject.atlas), path.name, run.names), sep="\n")  # noqa: T201
    except MapgenError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
