"""Places, candidates, toponyms and sheets for the unit tests of resolution: no gazetteer is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from mapgen.corrections import Ruling
from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Document, Kind, MatchType, Place, Span, Toponym
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.candidates.candidate_set import candidate_set
from mapgen.resolution.evidence import Sheet, lay_out

NEUTRAL = Language(code="xx", name="xx", known=False)


def place(
    name: str, country: str = "FR", lat: float = 0.0, lon: float = 0.0, kind: Kind = Kind.CITY, **facts: Any
) -> Place:
    facts.setdefault("id", f"{name}-{country}-{kind}-{facts.get('admin1', '')}")
    return Place(source="test", name=name, kind=kind, country=country, lat=lat, lon=lon, **facts)


def candidates(*places: Place, match: MatchType = MatchType.EXACT, language: Language = NEUTRAL) -> CandidateSet:
    return candidate_set(tuple(Match(place=each, type=match, name=each.name) for each in places), language)


def toponyms(text: str, *names: str, **facts: Any) -> list[Toponym]:
    """The names in their order in the text, each searched behind the one before."""
    found, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        found.append(Toponym(start=start, end=position, text=name, **facts))
    return found


class FixedCandidates:
    """Candidates from a table instead of a gazetteer."""

    def __init__(self, table: Mapping[str, CandidateSet]) -> None:
        self._table = table
        self.asked: list[tuple[str, Kind | None, str]] = []

    def countries_spoken_of(self, names: Iterable[str], _others: Iterable[str]) -> dict[str, frozenset[str] | None]:
        return dict.fromkeys(names)

    def of_code(self, _code: str, language: Language, _town: str, *, countries: bool) -> CandidateSet:  # noqa: ARG002
        return candidate_set((), language)

    def of(
        self,
        name: str,
        language: Language,
        *,
        kind: Kind | None = None,
        with_article: str = "",
        with_cue: str = "",  # noqa: ARG002
        countries: frozenset[str] | None = None,  # noqa: ARG002
    ) -> CandidateSet:
        self.asked.append((name, kind, with_article))
        return self._table.get(name, candidate_set((), language))


def sheet(
    text: str,
    names: Sequence[Toponym],
    table: Mapping[str, CandidateSet],
    *,
    language: Language = NEUTRAL,
    rulings: Mapping[Span, Ruling] | None = None,
) -> Sheet:
    looked_up: Any = FixedCandidates(table)
    return lay_out(Document(text=text, language=language.code), names, language, looked_up, rulings=rulings)


def by_population(features: np.ndarray, number: int) -> np.ndarray:
    """A score for `Sheet.run_in_place`: population alone, in every pass."""
    from mapgen.resolution.features import COLUMN

    return features[:, COLUMN["population"]]
