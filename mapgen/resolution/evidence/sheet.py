"""A document's names with their candidates, their features and the passes over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.corrections import Ruling
from mapgen.languages import Language
from mapgen.model import Document, Kind, Span, Toponym
from mapgen.resolution.candidates.lookup import FORMS, SPEAKS_OF_COUNTIES, STATIC, Candidates, CandidateSet
from mapgen.resolution.evidence.bonds import Bonds
from mapgen.resolution.evidence.coherence import COHERENCE, Names, coherence, gathered
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.own_words import LOCAL, own_words
from mapgen.resolution.evidence.signs import STANDING, signed_kind, standing, whole_name
from mapgen.resolution.evidence.surroundings import Surroundings, surroundings
from mapgen.resolution.ranking.weights import FEATURES
from mapgen.resolution.rules.rulings import BOUND, bound

__all__ = ["Mention", "Scorer", "Sheet"]

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STATIC = slice(0, len(STATIC))
_LOCAL = slice(len(STATIC), len(STATIC) + len(LOCAL))
_POOLED = slice(_LOCAL.stop, _LOCAL.stop + len(LOCAL))
_COHERENCE = slice(_POOLED.stop, _POOLED.stop + len(COHERENCE))
_STANDING = slice(_COHERENCE.stop, _COHERENCE.stop + len(STANDING))
_SPEAKING = [LOCAL.index(name) for name in ("cue_match", "cue_alike", "cue_conflict")], [LOCAL.index("contained")]
"""Columns in which a mention that says something by itself does not listen to the others of its name."""
_CAPITAL = STATIC.index("capital")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All mentions of a document: the candidates of each, one below the other.

    Attributes:
        names: the distinct names with their candidates.
        mentions: in text order; their arrays are views of those below.
        starts: where each mention's candidates begin, and, last, where they end.
        rows: of each candidate of a mention, its row in `names`.
        features: columns as in FEATURES.
        scores: of the last pass.
        shares: softmax of the scores, within each mention.
        prior: what the user's home and a person's word add to the scores.
        demonyms: each country's share of the demonyms in the text.
        around: what the words around the mentions say.
        bonds: what the mentions say of each other.
    """

    names: Names
    mentions: list[Mention]
    starts: Codes
    rows: Codes
    features: Array
    scores: Array
    shares: Array
    prior: Array
    demonyms: Mapping[str, float]
    around: Surroundings
    bonds: Bonds

    def rank(self, weights: Array) -> None:
        """Score every mention with `weights`, in place."""
        np.matmul(self.features, weights, out=self.scores)
        np.add(self.scores, self.prior, out=self.scores)
        starts = self.starts[:-1][np.diff(self.starts) > 0]
        if not len(starts):
            return
        sizes = np.diff(np.append(starts, len(self.scores)))
        powers = np.exp(self.scores - np.repeat(np.maximum.reduceat(self.scores, starts), sizes))
        np.divide(powers, np.repeat(np.add.reduceat(powers, starts), sizes), out=self.shares)

    def look_around(self) -> None:
        """Fill in, from the shares of the pass before, the features that need the other names."""
        self.features[:, _COHERENCE] = coherence(self.names, self._weight(), self.demonyms)[self.rows]
        self.bonds.fill(self.features, self.shares)
        self.pool()

    def _weight(self) -> Array:
        """How much each candidate of each name counts; of several mentions the surest speaks."""
        weight = np.zeros(len(self.names.name))
        placed = [mention for mention in self.mentions if len(mention.candidates)]
        if not placed:
            return weight
        times = Counter(mention.name for mention in placed)
        surest: dict[int, tuple[float, Mention]] = {}
        most = np.maximum.reduceat(self.shares, self.starts[:-1][np.diff(self.starts) > 0])
        for mention, share in zip(placed, most.tolist(), strict=True):
            if mention.name not in surest or share > surest[mention.name][0]:
                surest[mention.name] = share, mention
        starts = self.names.starts.tolist()
        for name, (_, mention) in surest.items():
            weight[starts[name] : starts[name + 1]] = mention.shares * times[name] ** 0.5
        return weight

    def pool(self) -> None:
        """Give each mention the mean of what the other mentions of its name say, where its own words are silent."""
        times = np.bincount([mention.name for mention in self.mentions], minlength=1)
        often = np.array([times[mention.name] > 1 for mention in self.mentions], dtype=bool)
        sizes = np.diff(self.starts)
        here = np.flatnonzero(np.repeat(often, sizes))
        if not len(here):
            return
        said = self.features[here, _LOCAL]
        _, group, count = np.unique(self.rows[here], return_inverse=True, return_counts=True)
        sums = np.add.reduceat(said[np.argsort(group, kind="stable")], np.cumsum(count) - count)
        pooled = (sums[group] - said) / (count[group] - 1)[:, None]
        sizes = sizes[often & (sizes > 0)]
        for columns in _SPEAKING:
            speaks = np.logical_or.reduceat(said[:, columns].any(axis=1), np.cumsum(sizes) - sizes)
            pooled[:, columns] *= ~np.repeat(speaks, sizes)[:, None]
        self.features[here, _POOLED] = pooled


class Scorer:
    """Lays out the sheet of a document.

    Args:
        candidates: where the candidates come from.
    """

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates

    def sheet(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        *,
        found: Mapping[str, CandidateSet] | None = None,
        rulings: Mapping[Span, Ruling] | None = None,
    ) -> Sheet:
        """Return the sheet with every feature that needs no answer for the others.

        Args:
            document: the text.
            toponyms: of the document.
            language: of the document.
            found: candidates of names that the gazetteer does not know.
            rulings: what a person has said, by span; such mentions count as a name of their own.
        """
        counties = Kind.DISTRICT if SPEAKS_OF_COUNTIES.search(document.text) else None
        cues = {each.text.casefold(): each.cue_kind for each in toponyms if each.cue_kind in FORMS}
        around = surroundings(document.text, toponyms, language)
        for toponym, said in zip(toponyms, around.signs, strict=True):
            if signed_kind(said) is Kind.WATER:
                cues.setdefault(toponym.text.casefold(), Kind.WATER)
        wholes = {
            each.text.casefold(): name for each in toponyms if (name := whole_name(document.text, each, language))
        }
        elsewhere, ruled = found or {}, rulings or {}
        rulings_ = [ruled.get(toponym.span) for toponym in toponyms]
        keys = [(toponym.text.casefold(), ruling) for toponym, ruling in zip(toponyms, rulings_, strict=True)]
        forms = _forms(toponyms)
        sets: dict[tuple[str, Ruling | None], CandidateSet] = {}
        for key, ruling in dict.fromkeys(keys):
            form = forms[key]
            known = elsewhere.get(form) or self._candidates.of(
                form, language, kind=cues.get(key, counties), whole=wholes.get(key, "")
            )
            sets[key, ruling] = known if ruling is None else bound(ruling, known, language)
        names = gathered(list(sets.values()))
        order = {key: position for position, key in enumerate(sets)}
        named = np.array([order[key] for key in keys], dtype=np.int64)
        sizes = np.diff(names.starts)[named]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        rows = np.arange(starts[-1]) + np.repeat(names.starts[named] - starts[:-1], sizes)
        features = np.zeros((len(rows), len(FEATURES)))
        features[:, _STATIC] = names.static[rows]
        features[:, _LOCAL] = own_words(names.codes[2, rows], features[:, _CAPITAL] > 0, sizes, toponyms, document.text)
        features[:, _STANDING] = standing(names.sorts[rows], around.signs, starts)
        scores, shares = np.zeros(len(rows)), np.zeros(len(rows))
        mentions = [
            Mention(toponym, names.sets[name], name, features[start:end], shares[start:end], scores[start:end], ruling)
            for toponym, name, start, end, ruling in zip(
                toponyms, named.tolist(), starts[:-1].tolist(), starts[1:].tolist(), rulings_, strict=True
            )
        ]
        prior = np.zeros(len(rows))
        prior[[start for start, ruling in zip(starts, rulings_, strict=False) if ruling and ruling.place]] = BOUND
        sheet = Sheet(
            names, mentions, starts, rows, features, scores, shares, prior, _demonyms(document, language), around,
            Bonds(mentions, around, names, starts, rows),
        )  # fmt: skip
        sheet.pool()
        return sheet


def _forms(toponyms: Sequence[Toponym]) -> dict[str, str]:
    """The distinct names in order of first mention: in small letters, and in the first form that is not all capitals.

    "PARIS, Texas —" in a dateline and "Paris" below are one name.
    """
    forms: dict[str, str] = {}
    for toponym in toponyms:
        key = toponym.text.casefold()
        known = forms.get(key)
        if known is None or (known.isupper() and not toponym.text.isupper()):
            forms[key] = toponym.text
    return forms


def _demonyms(document: Document, language: Language) -> dict[str, float]:
    """Each country's share of the demonyms ("syrien", "Russian") in the text."""
    known = language.demonyms
    if not known:
        return {}
    words = _WORD.findall(document.text.lower())
    counts = Counter(country for word in words if (country := known.get(word)))
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items()}
