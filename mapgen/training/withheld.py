"""Texts with known places of which the small ones are taken from the gazetteer.

This is what mapgen meets in texts about places that no gazetteer has.
Every small place of a text is withheld in one of `ROUNDS` rounds, with all others that fall to this round, so that
some of its neighbours are known and others are not, as in a new text.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mapgen.evaluation.gold import GoldName
from mapgen.evaluation.metrics import error_km
from mapgen.gazetteer import Gazetteer
from mapgen.kinds import VAST
from mapgen.languages import Language
from mapgen.model import Kind, Span, Toponym
from mapgen.resolution import Resolver
from mapgen.resolution.candidates import Candidates, CandidateSet
from mapgen.resolution.candidates.candidate_set import candidate_set
from mapgen.resolution.rules import RULES, Rule
from mapgen.training.documents import Training

__all__ = ["NAMESAKE_KM", "Withheld", "withheld"]

ROUNDS = 2

SMALL = 50_000
"""Inhabitants below which a place is withheld."""

NAMESAKE_KM = 60.0
"""A place of the name that lies farther from the right one is another place."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A document of which some places were withheld, resolved.

    Attributes:
        document: with its gold.
        toponyms: as resolved.
        names: the withheld names, by span.
    """

    document: Training
    toponyms: Sequence[Toponym]
    names: dict[Span, GoldName]


class _Rest(Candidates):
    """Candidates without those of the withheld names.

    Args:
        gazetteer: source of the places.
        namesakes: whether a withheld name keeps its other places.
    """

    def __init__(self, gazetteer: Gazetteer, *, namesakes: bool) -> None:
        super().__init__(gazetteer)
        self._namesakes = namesakes
        self.withheld: dict[str, GoldName] = {}

    def of(
        self,
        name: str,
        language: Language,
        *,
        kind: Kind | None = None,
        with_article: str = "",
        with_cue: str = "",
        countries: frozenset[str] | None = None,
    ) -> CandidateSet:
        """Return the candidates that are left of a name."""
        found = super().of(name, language, kind=kind, with_article=with_article, with_cue=with_cue, countries=countries)
        return self._rest(name, found, language)

    def of_code(self, code: str, language: Language, town: str, *, countries: bool) -> CandidateSet:
        """Return the candidates that are left of a code."""
        return self._rest(code, super().of_code(code, language, town, countries=countries), language)

    def _rest(self, name: str, candidates: CandidateSet, language: Language) -> CandidateSet:
        gold = self.withheld.get(name.casefold())
        if gold is None or gold.place is None or not len(candidates):
            return candidates
        place = gold.place
        left = (match for match in candidates.matches if error_km(match.place, place) > NAMESAKE_KM)
        return candidate_set(tuple(left) if self._namesakes else (), language)


def withheld(
    documents: Sequence[Training], gazetteer: Gazetteer, *, namesakes: bool, rules: Sequence[Rule] = RULES
) -> Iterator[Withheld]:
    """Yield each document once per round that withholds any of its places.

    Args:
        documents: with gold places.
        gazetteer: source of the places.
        namesakes: whether a withheld name keeps the places of its name that lie elsewhere.
        rules: applied to what is ranked.
    """
    rest = _Rest(gazetteer, namesakes=namesakes)
    resolver = Resolver(gazetteer, candidates=rest, rules=rules)
    for document in documents:
        text = document.gold.document.text
        small: dict[str, list[GoldName]] = defaultdict(list)
        for name in document.gold.names:
            if _is_small(name, gazetteer):
                small[text[name.start : name.end].casefold()].append(name)
        for number in range(ROUNDS):
            chosen = [name for name in small if zlib.crc32(f"{document.gold.id} {name}".encode()) % ROUNDS == number]
            if not chosen:
                continue
            rest.withheld = {name: small[name][0] for name in chosen}
            toponyms = resolver.resolve(document.gold.document, document.toponyms)
            yield Withheld(document, toponyms, _by_span(small, chosen))


def _by_span(small: dict[str, list[GoldName]], chosen: Collection[str]) -> dict[Span, GoldName]:
    return {name.span: name for each in chosen for name in small[each]}


def _is_small(name: GoldName, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a place that a gazetteer may lack: no division of the first level, no city."""
    if name.place is None or name.kind in VAST | {Kind.REGION}:
        return False
    known = gazetteer.get(f"gn:{name.place.geonameid}") if name.place.geonameid else None
    return known is None or known.population < SMALL
