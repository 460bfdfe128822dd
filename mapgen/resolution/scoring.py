"""A document's names with their candidates, their features and the two passes over them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.corrections import Ruling
from mapgen.languages import Language
from mapgen.model import Document, Kind, Span, Toponym
from mapgen.resolution.candidates import STATIC, Candidates, CandidateSet
from mapgen.resolution.context import COHERENCE, Context, coherence
from mapgen.resolution.decided import BOUND, bound
from mapgen.resolution.local import LOCAL, contained_in, containers, local, members, neighbours
from mapgen.resolution.ranker import FEATURES, softmax
from mapgen.resolution.standing import STANDING, signs, standing

__all__ = ["Mention", "Scorer"]

Array = NDArray[np.float64]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STATIC = slice(0, len(STATIC))
_LOCAL = slice(len(STATIC), len(STATIC) + len(LOCAL))
_POOLED = slice(_LOCAL.stop, _LOCAL.stop + len(LOCAL))
_COHERENCE = slice(_POOLED.stop, _POOLED.stop + len(COHERENCE))
_STANDING = slice(_COHERENCE.stop, _COHERENCE.stop + len(STANDING))


@dataclass(slots=True)
class Mention:
    """One toponym under way: its candidates and their features, filled pass by pass.

    Attributes:
        toponym: what stands in the text.
        candidates: of its name.
        name: index of its name among the document's distinct names.
        features: a row a candidate, columns as in FEATURES.
        shares: softmax of the last pass, a value a candidate.
        scores: of the last pass.
        ruling: what a person has said of it, or None; its place, if any, is the first candidate.
    """

    toponym: Toponym
    candidates: CandidateSet
    name: int
    features: Array
    shares: Array
    scores: Array
    ruling: Ruling | None = None


class Scorer:
    """Computes the features of a document's mentions and scores them.

    Args:
        candidates: where the candidates come from.
    """

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates

    def mentions(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        *,
        counties: bool = False,
        found: Mapping[str, CandidateSet] | None = None,
        rulings: Mapping[Span, Ruling] | None = None,
    ) -> list[Mention]:
        """Return the mentions with every feature that needs no answer for the others.

        Args:
            document: the text.
            toponyms: of the document.
            language: of the document.
            counties: whether the document speaks of counties.
            found: candidates of names that the gazetteer does not know.
            rulings: what a person has said, by span; such mentions count as a name of their own.
        """
        elsewhere, said = found or {}, rulings or {}
        names: dict[tuple[str, Ruling | None], int] = {}
        mentions: list[Mention] = []
        for toponym in toponyms:
            candidates = elsewhere.get(toponym.text) or self._candidates.of(toponym.text, language, counties=counties)
            if (ruling := said.get(toponym.span)) is not None:
                candidates = bound(ruling, candidates, language)
            name = names.setdefault((toponym.text.casefold(), ruling), len(names))
            features = np.zeros((len(candidates), len(FEATURES)))
            features[:, _STATIC] = candidates.static
            features[:, _LOCAL] = local(candidates, toponym, first=toponym.start < 3)
            features[:, _STANDING] = standing(candidates.sorts, signs(document.text, toponym, language))
            empty = np.zeros(len(candidates))
            mentions.append(Mention(toponym, candidates, name, features, empty, empty, ruling))
        self._pool(mentions)
        return mentions

    def rank(self, mentions: list[Mention], weights: Array) -> None:
        """Score every mention with `weights`, in place."""
        for mention in mentions:
            if len(mention.candidates):
                mention.scores = mention.features @ weights
                if mention.ruling is not None:
                    mention.scores[0] += BOUND
                mention.shares = softmax(mention.scores)

    def look_around(self, document: Document, mentions: list[Mention], language: Language) -> None:
        """Fill in, from the shares of the first pass, the features that need the other names."""
        context = self._context(document, mentions, language)
        known: dict[int, Array] = {}
        for mention in mentions:
            if not len(mention.candidates):
                continue
            if mention.name not in known:
                known[mention.name] = coherence(mention.candidates, mention.name, context)
            mention.features[:, _COHERENCE] = known[mention.name]
        self._contain(document, mentions)
        self._neighbour(mentions)
        self._list(document, mentions)
        self._pool(mentions)

    def _context(self, document: Document, mentions: list[Mention], language: Language) -> Context:
        """The first answers by distinct name; of several mentions the surest speaks."""
        count = 1 + max((mention.name for mention in mentions), default=-1)
        lat, lon, weight = np.zeros(count), np.zeros(count), np.zeros(count)
        country, admin = [""] * count, [""] * count
        kind: list[Kind | None] = [None] * count
        times = Counter(mention.name for mention in mentions)
        for mention in mentions:
            if not len(mention.candidates):
                continue
            best = int(mention.shares.argmax())
            sure = float(mention.shares[best]) * float(np.sqrt(times[mention.name]))
            if sure > weight[mention.name]:
                index, found = mention.name, mention.candidates
                weight[index], lat[index], lon[index] = sure, found.lat[best], found.lon[best]
                country[index], admin[index], kind[index] = found.country[best], found.admin[best], found.kinds[best]
        return Context(lat, lon, weight, tuple(country), tuple(admin), tuple(kind), _demonyms(document, language))

    def _contain(self, document: Document, mentions: list[Mention]) -> None:
        inside, around = FEATURES.index("contained"), FEATURES.index("containing")
        pairs = containers(document.text, [mention.toponym for mention in mentions])
        for inner_position, outer_position in pairs.items():
            inner, outer = mentions[inner_position], mentions[outer_position]
            if len(inner.candidates) and len(outer.candidates):
                contained, containing = contained_in(inner.candidates, outer.candidates, outer.shares)
                inner.features[:, inside] = contained
                outer.features[:, around] = containing

    def _neighbour(self, mentions: list[Mention]) -> None:
        placed = [mention for mention in mentions if len(mention.candidates)]
        columns = FEATURES.index("before"), FEATURES.index("after")
        for one, two in itertools.pairwise(placed):
            if one.name == two.name or two.toponym.start - one.toponym.end > 200:
                continue
            for here, there, column in ((two, one, columns[0]), (one, two, columns[1])):
                best = int(there.shares.argmax())
                if there.candidates.kinds[best] not in (Kind.COUNTRY, Kind.CONTINENT):
                    near = neighbours(here.candidates, there.candidates.lat[best], there.candidates.lon[best])
                    here.features[:, column] = near * there.shares[best]

    def _list(self, document: Document, mentions: list[Mention]) -> None:
        kind_column, country_column = FEATURES.index("list_kind"), FEATURES.index("list_country")
        for mention, others in zip(
            mentions, members(document.text, [mention.toponym for mention in mentions]), strict=True
        ):
            fellows = [mentions[other] for other in others if len(mentions[other].candidates)]
            if not fellows:
                continue
            best = [int(fellow.shares.argmax()) for fellow in fellows]
            kinds = [fellow.candidates.kinds[row] for fellow, row in zip(fellows, best, strict=True)]
            countries = [fellow.candidates.country[row] for fellow, row in zip(fellows, best, strict=True)]
            found = mention.candidates
            mention.features[:, kind_column] = [kinds.count(kind) / len(kinds) for kind in found.kinds]
            mention.features[:, country_column] = [
                countries.count(country) / len(countries) if country else 0.0 for country in found.country
            ]

    def _pool(self, mentions: list[Mention]) -> None:
        """Give each mention the mean of what the other mentions of its name say."""
        by_name: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_name.setdefault(mention.name, []).append(mention)
        for same in by_name.values():
            if len(same) < 2 or len({len(mention.candidates) for mention in same}) > 1:
                continue
            total = np.sum([mention.features[:, _LOCAL] for mention in same], axis=0)
            for mention in same:
                mention.features[:, _POOLED] = (total - mention.features[:, _LOCAL]) / (len(same) - 1)


def _demonyms(document: Document, language: Language) -> dict[str, float]:
    """Each country's share of the demonyms ("syrien", "Russian") in the text."""
    known = language.demonyms
    if not known:
        return {}
    counts = Counter(
        known[word] for word in (match.group().lower() for match in _WORD.finditer(document.text)) if word in known
    )
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items()}
