"""Learns where unknown names lie from the sure places around them: `python -m mapgen.training.estimates FOLDER`.

The texts are TR-News and the project's own, the small places of which are withheld (`mapgen.training.withheld`); in own
texts without known places those that mapgen is sure of are taken for right. The loss is minus the logarithm of the
density that the mixture of `mapgen.resolution.rules.whereabouts` has at the place, with a quadratic penalty (L-BFGS).
Everything is deterministic; the numbers have three decimals. Prints what the radii hold, also of LGL, which trains
nothing.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from mapgen.evaluation.gold import GoldName
from mapgen.gazetteer import Gazetteer
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution.arrays import Array, chord_distances, on_sphere
from mapgen.resolution.rules import RULES
from mapgen.resolution.rules.anchor_features import SCALE_FEATURES, WEIGHT_FEATURES, Around
from mapgen.resolution.rules.draft import Draft
from mapgen.resolution.rules.estimates import anchor_table, estimate_places, kind_of, radius_of, usable_anchors
from mapgen.resolution.rules.namesakes import decide_between_namesakes
from mapgen.resolution.rules.whereabouts import ELSEWHERE_DENSITY, Model, log_kernel, mixture
from mapgen.training.documents import CHECKED, Training, corpus_documents, withheld_documents
from mapgen.training.weight_files import named_weights, write_weights
from mapgen.training.withheld import withheld

__all__ = ["Sample", "learn", "samples"]

WEIGHT_PENALTY, SCALE_PENALTY, TAIL_PENALTY = 1.0, 2.0, 4.0
LEARNED_FROM = ("trnews",)
"""NewsEye is left out: its documents are whole newspapers, in which the neighbour of a name belongs to other news."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A withheld name.

    Attributes:
        around: the anchors around it.
        point: where it truly lies, on the unit sphere: a column.
        distances: of the anchors from there, km.
    """

    around: Around
    point: Array
    distances: Array


def samples(documents: Sequence[Training], gazetteer: Gazetteer) -> list[Sample]:
    """Return the withheld names of documents that have anchors around them, each name of a text once."""
    found: list[Sample] = []
    drafts: list[Draft] = []
    before = RULES[: RULES.index(estimate_places)]
    rules = (*(rule for rule in before if rule is not decide_between_namesakes), drafts.append)
    for each in withheld(documents, gazetteer, namesakes=False, rules=rules):
        found += _of_draft(drafts.pop(), each.names)
    return found


def _of_draft(draft: Draft, names: dict[tuple[int, int], GoldName]) -> Iterator[Sample]:
    positions: dict[str, list[int]] = defaultdict(list)
    for position, toponym in enumerate(draft.toponyms):
        if toponym.span in names:
            positions[toponym.text.casefold()].append(position)
    table = anchor_table(draft, draft.toponyms, usable_anchors(draft.toponyms))
    for mentions in positions.values():
        gold = names[draft.toponyms[mentions[0]].span].place
        around = table.around(mentions, kind_of(draft, mentions))
        if gold is not None and len(around.rows):
            point = on_sphere(np.radians([gold.lat]), np.radians([gold.lon]))
            yield Sample(around, point, chord_distances(point, around.points)[0])


def learn(learned_from: Sequence[Sample]) -> Model:
    """Return the model that makes the places of the samples likeliest."""
    weights, scales, base, distance = (
        np.concatenate(parts)
        for parts in zip(
            *((each.around.weights, each.around.scales, np.log(each.around.base_km), each.distances)
              for each in learned_from),
            strict=True,
        )
    )  # fmt: skip
    sizes = [len(each.distances) for each in learned_from]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    groups = np.repeat(np.arange(len(sizes)), sizes)
    cuts = (len(WEIGHT_FEATURES), len(WEIGHT_FEATURES) + len(SCALE_FEATURES))

    def loss(numbers: Array) -> tuple[float, Array]:
        of_weight, of_scale, of_tail, elsewhere = *np.split(numbers[:-1], cuts), numbers[-1]
        scores = weights @ of_weight
        most = np.maximum(np.maximum.reduceat(scores, starts), elsewhere)
        shares, rest = np.exp(scores - most[groups]), np.exp(elsewhere - most)
        total = np.add.reduceat(shares, starts) + rest
        shares, rest = shares / total[groups], rest / total
        scale, tail = base + scales @ of_scale, np.exp(scales @ of_tail)
        ratio = (distance / np.exp(scale)) ** 2
        density = shares * np.exp(log_kernel(ratio, scale, tail))
        of_name = np.add.reduceat(density, starts) + rest * ELSEWHERE_DENSITY
        blame, rest_blame = density / of_name[groups], rest * ELSEWHERE_DENSITY / of_name
        penalties = (WEIGHT_PENALTY * of_weight, SCALE_PENALTY * of_scale, TAIL_PENALTY * of_tail)
        penalty = sum(float(each @ of) for each, of in zip(penalties, (of_weight, of_scale, of_tail), strict=True)) / 2
        slopes = (
            weights.T @ (shares - blame) + penalties[0],
            scales.T @ (blame * (2 - 2 * (tail + 1) * ratio / (1 + ratio))) + penalties[1],
            scales.T @ (blame * (tail * np.log1p(ratio) - 1)) + penalties[2],
            [(rest - rest_blame).sum()],
        )
        return float(penalty - np.log(of_name).sum()), np.concatenate(slopes)

    start = np.zeros(cuts[1] + len(SCALE_FEATURES) + 1)
    numbers = np.round(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x, 3)
    of_weight, of_scale, of_tail = np.split(numbers[:-1], cuts)
    return Model(weight=of_weight, scale=of_scale, tail=of_tail, elsewhere=float(numbers[-1]))


def report(name: str, judged: Sequence[Sample], model: Model) -> str:
    """Return a line on what the radii hold."""
    errors, radii = [], []
    for each in judged:
        there = mixture(model, each.around)
        middle = there.middle()
        errors.append(float(chord_distances(middle[:, None], each.point)[0, 0]))
        radii.append(radius_of(there.masses(middle)) or 0.0)
    error, radius = np.array(errors), np.array(radii)
    density = np.mean([float(np.log(mixture(model, each.around).density(each.point)[0])) for each in judged])
    given = radius > 0
    held = error <= radius
    return (
        f"{name}: {len(error)} names, log density {density:.3f}, median {np.median(error):.0f} km off; "
        f"{given.sum()} given an estimate: median {np.median(error[given]):.0f} km off, median radius "
        f"{np.median(radius[given]):.0f} km, which holds {held[given].mean():.3f}"
    )


def main(folder: Path) -> None:
    """Write `whereabouts.json` beside the rules."""
    with Gazetteer.open() as gazetteer:
        recogniser = GazetteerRecogniser(gazetteer)
        documents = withheld_documents(folder, LEARNED_FROM, gazetteer, recogniser)
        learned_from = samples(documents, gazetteer)
        judged = samples(corpus_documents(folder, CHECKED, gazetteer, recogniser), gazetteer)
    model = learn(learned_from)
    print(report("trained on", learned_from, model))  # noqa: T201
    print(report(*CHECKED, judged, model))  # noqa: T201
    data = {
        "weight": named_weights(WEIGHT_FEATURES, model.weight),
        "scale": named_weights(SCALE_FEATURES, model.scale),
        "tail": named_weights(SCALE_FEATURES, model.tail),
        "elsewhere": model.elsewhere,
    }
    write_weights("mapgen.resolution.rules", "whereabouts.json", data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
