"""Makes the resolver's weights: `python -m mapgen.training.resolution FOLDER` (needs scipy).

FOLDER holds the corpora. Trained on what may be redistributed: TR-News (MIT; Kamalloo & Rafiei 2018) and NewsEye
French (CC BY 4.0), and on our own texts, which tell what kind of place a name means (`data/dispatches`) or where it
lies (`data/placed`). The right candidates of a name
are those with the gold's GeoNames id, or else those within 161 km, or else those of the right kind; the loss is minus
the logarithm of the share that the softmax gives them, with a quadratic penalty. The calibration is fitted on answers
to documents that the ranker has not seen (5 folds by document). Everything is deterministic; weights have three
decimals.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from mapgen import languages
from mapgen.evaluation.corpora import jsonl, marked, placed
from mapgen.evaluation.gold import GoldDocument, GoldName, located
from mapgen.evaluation.metrics import is_right
from mapgen.files import write_aside
from mapgen.gazetteer import Gazetteer
from mapgen.model import Kind, Place, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.resolution.candidates.lookup import Candidates
from mapgen.resolution.evidence.coherence import COHERENCE
from mapgen.resolution.evidence.own_words import FROM_OTHERS
from mapgen.resolution.evidence.phrases import RELATED
from mapgen.resolution.evidence.sheet import Mention
from mapgen.resolution.ranking.weights import CALIBRATION, FEATURES, PASSES, Weights
from mapgen.resolution.ranking.winners import calibration_inputs

__all__ = ["cross_validated", "described", "train"]

CORPORA = ("trnews", "newseye_fr")
OWN = ("en", "fr", "en-rivers", "fr-local")
DISPATCHES = Path("data/dispatches")
PLACED = Path("data/placed")
PLACED_IN = ("en", "fr")
FOLDS = 5
PENALTY = 2.0
SAID_PENALTY = 0.5
"""What the text itself says of a mention is rarer than its fame and surer: it is held back less."""
SAID = frozenset({"cue_match", "cue_conflict", "called_state", "contained", "containing", "list_kind", "list_country"})
CALIBRATION_PENALTY = 1.0

Array = NDArray[np.float64]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Training:
    """A document ready to learn from.

    Attributes:
        gold: what is true of it: where its names lie or, in texts of our own, what kind of place they are.
        toponyms: its names with what the words around say of them.
    """

    gold: GoldDocument
    toponyms: tuple[Toponym, ...]


def described(gold: GoldDocument, recogniser: GazetteerRecogniser) -> Training:
    """Return the gold document with what the words around its names say of them."""
    text = gold.document.text
    bare = tuple(Toponym(start=start, end=end, text=text[start:end]) for start, end in gold.spans)
    return Training(gold=gold, toponyms=recogniser.describe(gold.document, bare))


def train(documents: Sequence[Training], gazetteer: Gazetteer) -> Weights:
    """Return weights learned from `documents`, the calibration from held-out answers among them."""
    passes = _passes(documents, gazetteer)
    inputs: list[Array] = []
    outcomes: list[bool] = []
    for kept, held_out in _folds(documents):
        part = _passes(kept, gazetteer)
        resolver = _resolver(gazetteer, part)
        for document in held_out:
            if not document.gold.places:
                continue  # a right kind is not yet a right place
            for mention, right in _cases(document, resolver):
                best = int(mention.scores.argmax())
                inputs.append(calibration_inputs(mention, best))
                outcomes.append(bool(right[best]))
    return Weights(passes=tuple(passes), calibration=_calibrate(np.array(inputs), np.array(outcomes)))


def cross_validated(
    documents: Sequence[Training], gazetteer: Gazetteer, *, folds: int = FOLDS
) -> list[tuple[Training, tuple[Toponym, ...]]]:
    """Return each document with its toponyms resolved by weights that have not seen it."""
    answers = []
    for kept, held_out in _folds(documents, folds):
        resolver = Resolver(gazetteer, weights=train(kept, gazetteer))
        answers += [(document, resolver.resolve(document.gold.document, document.toponyms)) for document in held_out]
    return answers


def _folds(documents: Sequence[Training], folds: int = FOLDS) -> list[tuple[list[Training], list[Training]]]:
    return [
        (
            [document for number, document in enumerate(documents) if number % folds != fold],
            [document for number, document in enumerate(documents) if number % folds == fold],
        )
        for fold in range(folds)
    ]


def _resolver(gazetteer: Gazetteer, passes: Sequence[Array]) -> Resolver:
    unknown = [np.zeros(len(FEATURES))] * (len(PASSES) - len(passes))
    learned = Weights(passes=(*passes, *unknown), calibration=np.zeros(len(CALIBRATION)))
    return Resolver(gazetteer, weights=learned, candidates=_candidates(gazetteer))


@lru_cache(maxsize=1)
def _candidates(gazetteer: Gazetteer) -> Candidates:
    """One memory of candidates for all the resolvers that learn."""
    return Candidates(gazetteer)


def _passes(documents: Sequence[Training], gazetteer: Gazetteer) -> list[Array]:
    """The weights of the passes; each sees what the one before it answers."""
    blind = np.array([name not in COHERENCE and name not in _LATER for name in FEATURES])
    passes: list[Array] = []
    while len(passes) < len(PASSES):
        resolver = _resolver(gazetteer, passes)
        seen = 1.0 if passes else blind
        passes.append(
            _fit(
                [
                    (mention.features * seen, right)
                    for document in documents
                    for mention, right in _cases(document, resolver, passes=len(passes) + 1)
                ]
            )
        )
    return passes


_LATER = frozenset((*RELATED, *(f"{prefix}{name}" for prefix in ("", "elsewhere_") for name in FROM_OTHERS)))
"""Features of the mention that need answers for the other names."""


def _cases(document: Training, resolver: Resolver, *, passes: int = len(PASSES)) -> list[tuple[Mention, Rows]]:
    """The gold names that have candidates, with which of these are right."""
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
            wanted = _SORT[name.kind]
            cases.append((mention, np.array([_SORT[kind] == wanted for kind in mention.candidates.kinds])))
    return cases


_SORT = {kind: str(kind) for kind in Kind} | {
    Kind.VILLAGE: "settlement", Kind.CITY: "settlement", Kind.QUARTER: "settlement", Kind.DISTRICT: "region",
    Kind.CONTINENT: "area",
}  # fmt: skip
"""Kinds between which our marks and the gazetteer draw the line differently."""


def _right(places: Sequence[Place], name: GoldName) -> Rows:
    """Which candidates are right: the same id alone where it is among them, else all within 161 km of the kind said."""
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
    alike = near & np.array([name.kind is not None and _SORT[place.kind] == _SORT[name.kind] for place in places])
    return alike if alike.any() else near


def _fit(cases: Sequence[tuple[Array, Rows]]) -> Array:
    """Maximise the penalised log-likelihood of the right candidates (L-BFGS)."""
    useful = [(features, right) for features, right in cases if right.any() and not right.all()]
    stacked = np.vstack([features for features, _ in useful])
    rights = np.concatenate([right for _, right in useful])
    ends = np.cumsum([len(right) for _, right in useful])
    starts = np.concatenate([[0], ends[:-1]])
    groups = np.repeat(np.arange(len(useful)), np.diff(np.concatenate([[0], ends])))

    penalty = np.array([SAID_PENALTY if name in SAID else PENALTY for name in FEATURES])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = stacked @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[groups]
        powers = np.exp(scores)
        shares = powers / np.add.reduceat(powers, starts)[groups]
        right_share = np.add.reduceat(shares * rights, starts)
        wanted = shares * rights / right_share[groups]
        value = -np.log(right_share).sum() + float(penalty / 2 @ weights**2)
        return float(value), stacked.T @ (shares - wanted) + penalty * weights

    found = minimize(loss, np.zeros(stacked.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.round(np.asarray(found.x), 3)


def _calibrate(inputs: Array, outcomes: NDArray[np.bool_]) -> Array:
    """Fit the logistic regression of `outcomes` on `inputs`."""

    def loss(weights: Array) -> tuple[float, Array]:
        margin = inputs @ weights
        value = np.logaddexp(0.0, np.where(outcomes, -margin, margin)).sum()
        slope = inputs.T @ (1.0 / (1.0 + np.exp(-margin)) - outcomes)
        return float(value + CALIBRATION_PENALTY / 2 * weights @ weights), slope + CALIBRATION_PENALTY * weights

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.round(np.asarray(found.x), 3)


def main(folder: Path) -> None:
    """Write `weights.json` beside the ranker."""
    with Gazetteer.open() as gazetteer:
        recogniser = GazetteerRecogniser(gazetteer)
        documents = [
            described(located(gold, gazetteer), recogniser)
            for name in CORPORA
            for gold in jsonl.read(folder / f"{name}.jsonl.gz")
        ]
        documents += [
            described(gold, recogniser)
            for name in OWN
            for gold in marked.read(DISPATCHES / f"{name}.txt")
            if gold.split == "train"
        ]
        documents += [described(gold, recogniser) for name in PLACED_IN for gold in placed.read(PLACED / f"{name}.txt")]
        learned = train(documents, gazetteer)
    tables = {
        **{name: _table(FEATURES, learned.passes[number]) for number, name in enumerate(PASSES)},
        "calibration": _table(CALIBRATION, learned.calibration),
    }
    target = Path(str(resources.files("mapgen.resolution.ranking").joinpath("weights.json")))
    write_aside(target, json.dumps(tables, indent=1) + "\n")


def _table(names: Sequence[str], values: Array) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True) if value}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
