"""Makes the resolver's weights: `python -m mapgen.training.resolution FOLDER` (needs scipy).

FOLDER holds the corpora. Trained on what may be redistributed: TR-News (MIT; Kamalloo & Rafiei 2018) and NewsEye
French (CC BY 4.0), and on the project's own texts, which say what kind of place a name means (`data/dispatches`) or
where it lies (`data/placed`).

The right candidates of a name are those with the gold's GeoNames id, or else those within 161 km, or else those of the
right kind; the loss is minus the logarithm of the share that the softmax gives them, with a quadratic penalty. The
calibration is fitted on top candidates in documents that the ranker has not seen (15 folds by document), of those names
whose place and probability the rules leave as they are, but for the decision between namesakes, which is learned after:
only these carry its probability. Right is what the evaluation calls right. Everything is deterministic; weights have
three decimals.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from mapgen import languages
from mapgen.evaluation.gold import GoldName
from mapgen.evaluation.metrics import is_right
from mapgen.gazetteer import Gazetteer
from mapgen.model import Kind, Place, Resolution
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.resolution.arrays import Array, Flags
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.evidence import Mention
from mapgen.resolution.features import NAMES, SCHEMA
from mapgen.resolution.ranking.linear import CALIBRATION, PASSES, LinearRanker, calibration_inputs
from mapgen.resolution.ranking.ranked import top_candidate
from mapgen.resolution.rules import RULES
from mapgen.resolution.rules.namesakes import decide_between_namesakes
from mapgen.training.documents import CORPORA, Training, corpus_documents, kind_documents, placed_documents
from mapgen.training.weight_files import named_weights, write_weights

__all__ = ["train"]

FOLDS = 15
CALIBRATION_PENALTY = 1.0
CALIBRATION_ROUNDS = 3
"""The first fit is over all top candidates; which of them the rules leave depends on the calibration so far, and does
not change any more after the third."""


def train(documents: Sequence[Training], gazetteer: Gazetteer) -> LinearRanker:
    """Return a ranker with weights learned from `documents`, its calibration from held-out ones among them."""
    folds = [(_weights(kept, gazetteer), held_out) for kept, held_out in _folds(documents)]
    calibration: Array | None = None
    for _ in range(CALIBRATION_ROUNDS):
        answers: list[tuple[Array, bool]] = []
        for weights, held_out in folds:
            ranker = _ranker(weights, calibration)
            answers += [
                answer
                for document in held_out
                if document.gold.places  # the right kind is not yet the right place
                for answer in _answers(document, ranker, gazetteer, ruled=calibration is not None)
            ]
        inputs, outcomes = zip(*answers, strict=True)
        calibration = _calibrate(np.array(inputs), np.array(outcomes))
    return _ranker(_weights(documents, gazetteer), calibration)


def _folds(documents: Sequence[Training]) -> list[tuple[list[Training], list[Training]]]:
    return [
        (
            [document for number, document in enumerate(documents) if number % FOLDS != fold],
            [document for number, document in enumerate(documents) if number % FOLDS == fold],
        )
        for fold in range(FOLDS)
    ]


def _ranker(weights: Sequence[Array], calibration: Array | None = None) -> LinearRanker:
    """A ranker with the weights of the first passes; those of later passes, and a calibration not given, are 0."""
    zeros = [np.zeros(len(NAMES))] * (len(PASSES) - len(weights))
    no_calibration = np.zeros(len(CALIBRATION))
    return LinearRanker(weights=(*weights, *zeros), calibration=no_calibration if calibration is None else calibration)


def _answers(
    document: Training, ranker: LinearRanker, gazetteer: Gazetteer, *, ruled: bool
) -> list[tuple[Array, bool]]:
    """The calibration inputs of the top candidates of the gold names, and whether these are right.

    Args:
        document: that the weights of the ranker have not seen.
        ranker: with the calibration so far.
        gazetteer: source of the candidates.
        ruled: whether to leave out the names on whose place or probability the rules decide.
    """
    # The decision between namesakes reads these probabilities, and is learned after them.
    resolver = Resolver(
        gazetteer, ranker=ranker, rules=[rule for rule in RULES if rule is not decide_between_namesakes]
    )
    resolved = resolver.resolve(document.gold.document, document.toponyms) if ruled else ()
    resolutions = {toponym.span: toponym.resolution for toponym in resolved}
    places = {name.span: name.place for name in document.gold.names}
    answers = []
    for mention, _ in _cases(document, resolver, passes=len(PASSES)):
        span = mention.toponym.span
        row, top = top_candidate(mention)
        place, gold = mention.candidates.matches[row].place, places[span]
        probability = float(ranker.probabilities(top)[0])
        if gold is not None and (not ruled or _is_kept(resolutions[span], place, probability)):
            answers.append((calibration_inputs(top)[0], is_right(place, gold)))
    return answers


def _is_kept(resolution: Resolution | None, place: Place, probability: float) -> bool:
    """Whether the rules leave the place and the probability of the ranker."""
    return (
        resolution is not None
        and resolution.place is not None
        and resolution.place.id == place.id
        and math.isclose(resolution.probability, probability)
    )


def _weights(documents: Sequence[Training], gazetteer: Gazetteer) -> list[Array]:
    """The weights of the passes; each pass is learned with the shares that the passes before it give."""
    without_shares = np.array([not each.from_shares for each in SCHEMA], dtype=np.float64)
    weights: list[Array] = []
    while len(weights) < len(PASSES):
        resolver = Resolver(gazetteer, ranker=_ranker(weights))
        seen = np.ones(len(SCHEMA)) if weights else without_shares
        weights.append(
            _fit(
                [
                    (mention.features * seen, right)
                    for document in documents
                    for mention, right in _cases(document, resolver, passes=len(weights) + 1)
                ]
            )
        )
    return weights


def _cases(document: Training, resolver: Resolver, *, passes: int) -> list[tuple[Mention, Flags]]:
    """The gold names that have candidates, and which of these are right."""
    language = languages.load(document.gold.document.language)
    names = {name.span: name for name in document.gold.names}
    cases = []
    for mention in resolver.score(document.gold.document, document.toponyms, language, passes=passes):
        name = names[mention.toponym.span]
        if not len(mention.candidates):
            continue
        if name.place is not None:
            cases.append((mention, _right([match.place for match in mention.candidates.matches], name)))
        elif name.kind is not None:
            cases.append((mention, _right_kind(mention.candidates, name.kind)))
    return cases


_CLASS = {kind: str(kind) for kind in Kind} | {
    Kind.VILLAGE: "settlement", Kind.CITY: "settlement", Kind.QUARTER: "settlement", Kind.DISTRICT: "region",
    Kind.CONTINENT: "area",
}  # fmt: skip
"""Classes of kinds: the project's marks and the gazetteer do not separate the kinds of a class alike."""


def _right_kind(candidates: CandidateSet, kind: Kind) -> Flags:
    """Which candidates are of the kind given: those with people where there are any, for a mark names no country.

    Thousands of districts without people bear the names of known ones elsewhere; they would teach that fame is nothing.
    """
    same = np.array([_CLASS[each] == _CLASS[kind] for each in candidates.kinds])
    known = same & np.array([match.place.population > 0 for match in candidates.matches])
    return known if known.any() else same


def _right(places: Sequence[Place], name: GoldName) -> Flags:
    """Which candidates are right: that of the same id where there is one, else all within 161 km of the kind given."""
    gold = name.place
    if gold is None:
        return np.zeros(len(places), dtype=bool)
    same = np.array([gold.geonameid is not None and place.geonameid == gold.geonameid for place in places])
    if same.any():
        return same
    country = np.array(
        [bool(gold.country) and place.kind is Kind.COUNTRY and place.country == gold.country for place in places]
    )
    if country.any():
        return country
    near = np.array([is_right(place, gold) for place in places])
    same_kind = near & np.array([name.kind is not None and _CLASS[place.kind] == _CLASS[name.kind] for place in places])
    return same_kind if same_kind.any() else near


def _fit(cases: Sequence[tuple[Array, Flags]]) -> Array:
    """Maximise the penalised log-likelihood of the right candidates (L-BFGS)."""
    useful = [(features, right) for features, right in cases if right.any() and not right.all()]
    stacked = np.vstack([features for features, _ in useful])
    rights = np.concatenate([right for _, right in useful])
    ends = np.cumsum([len(right) for _, right in useful])
    starts = np.concatenate([[0], ends[:-1]])
    groups = np.repeat(np.arange(len(useful)), np.diff(np.concatenate([[0], ends])))

    penalty = np.array([each.penalty for each in SCHEMA])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = stacked @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[groups]
        powers = np.exp(scores)
        shares = powers / np.add.reduceat(powers, starts)[groups]
        right_share = np.add.reduceat(shares * rights, starts)
        targets = shares * rights / right_share[groups]
        value = -np.log(right_share).sum() + float(penalty / 2 @ weights**2)
        return float(value), stacked.T @ (shares - targets) + penalty * weights

    result = minimize(loss, np.zeros(stacked.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.round(np.asarray(result.x), 3)


def _calibrate(inputs: Array, outcomes: Flags) -> Array:
    """Fit the logistic regression of `outcomes` on `inputs`."""

    def loss(weights: Array) -> tuple[float, Array]:
        margin = inputs @ weights
        value = np.logaddexp(0.0, np.where(outcomes, -margin, margin)).sum()
        slope = inputs.T @ (1.0 / (1.0 + np.exp(-margin)) - outcomes)
        return float(value + CALIBRATION_PENALTY / 2 * weights @ weights), slope + CALIBRATION_PENALTY * weights

    result = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.round(np.asarray(result.x), 3)


def main(folder: Path) -> None:
    """Write `weights.json` beside the ranker."""
    with Gazetteer.open() as gazetteer:
        recogniser = GazetteerRecogniser(gazetteer)
        documents = [
            *corpus_documents(folder, CORPORA, gazetteer, recogniser),
            *kind_documents(recogniser),
            *placed_documents(recogniser),
        ]
        learned = train(documents, gazetteer)
    tables = {
        **{name: named_weights(NAMES, learned.weights[number]) for number, name in enumerate(PASSES)},
        "calibration": named_weights(CALIBRATION, learned.calibration),
    }
    write_weights("mapgen.resolution.ranking", "weights.json", tables)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
