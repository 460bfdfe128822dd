"""Learns to decide between namesakes and "none of these": `python -m mapgen.training.namesakes FOLDER`.

The texts are those of `mapgen.training.estimates` and NewsEye, once as they are and once with their small places
withheld, so that only namesakes are left and "none of these" is right. The right candidates are those within
`NAMESAKE_KM` of the gold; the loss is minus the logarithm of their share, with a quadratic penalty (L-BFGS).
Everything is deterministic; the weights have three decimals. Prints what the decisions mend and break, also in LGL,
which trains nothing. Run it after `mapgen.training.resolution` and `mapgen.training.estimates`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from mapgen.evaluation.metrics import GoldPlace, error_km
from mapgen.gazetteer import Gazetteer
from mapgen.model import Span
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.resolution.arrays import Array, Flags
from mapgen.resolution.rules import RULES
from mapgen.resolution.rules.draft import Draft
from mapgen.resolution.rules.namesakes import FEATURES, choices, decide_between_namesakes
from mapgen.training.documents import CHECKED, CORPORA, Training, corpus_documents, withheld_documents
from mapgen.training.weight_files import named_weights, write_weights
from mapgen.training.withheld import NAMESAKE_KM, withheld

__all__ = ["Case", "cases", "learn"]

PENALTY = 1.0

Case = tuple[Array, Flags]
"""The features of the candidates of a name and of "none of these", and which of them are right."""

_RULES = RULES[: RULES.index(decide_between_namesakes)]


def cases(documents: Sequence[Training], gazetteer: Gazetteer, *, small: bool) -> list[Case]:
    """Return the cases of documents.

    Args:
        documents: with gold places.
        gazetteer: source of the places.
        small: whether the small places are withheld, and these names alone are cases.
    """
    drafts: list[Draft] = []
    rules = (*_RULES, drafts.append)
    found: list[Case] = []
    if small:
        for each in withheld(documents, gazetteer, namesakes=True, rules=rules):
            places = {span: name.place for span, name in each.names.items() if name.place is not None}
            found += _of_draft(drafts.pop(), places)
        return found
    resolver = Resolver(gazetteer, rules=rules)
    for document in documents:
        if document.gold.places:
            resolver.resolve(document.gold.document, document.toponyms)
            found += _of_draft(drafts.pop(), document.gold.places)
    return found


def _of_draft(draft: Draft, places: Mapping[Span, GoldPlace]) -> Iterator[Case]:
    for choice in choices(draft):
        gold = places.get(draft.toponyms[choice.positions[0]].span)
        if gold is None:
            continue
        right = [error_km(candidate.place, gold) <= NAMESAKE_KM for candidate in choice.candidates]
        yield choice.features, np.array([*right, not any(right)])


def learn(learned_from: Sequence[Case]) -> Array:
    """Return the weights that make the right candidates likeliest."""
    stacked = np.vstack([features for features, _ in learned_from])
    rights = np.concatenate([right for _, right in learned_from])
    sizes = [len(right) for _, right in learned_from]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    groups = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Array) -> tuple[float, Array]:
        scores = stacked @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
        shares = powers / np.add.reduceat(powers, starts)[groups]
        right_share = np.add.reduceat(shares * rights, starts)
        targets = shares * rights / right_share[groups]
        value = -np.log(right_share).sum() + PENALTY / 2 * float(weights @ weights)
        return float(value), stacked.T @ (shares - targets) + PENALTY * weights

    result = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.round(np.asarray(result.x), 3)


def report(name: str, judged: Sequence[Case], weights: Array) -> str:
    """Return a line on what the decisions mend and break."""
    best = [int((features @ weights).argmax()) for features, _ in judged]
    was = sum(bool(right[0]) for _, right in judged)
    moved = [(int(right[0]), int(right[at])) for at, (_, right) in zip(best, judged, strict=True) if at]
    to_other = [
        (int(right[0]), int(right[at])) for at, (_, right) in zip(best, judged, strict=True) if 0 < at < len(right) - 1
    ]
    lost = sum(before and not after for before, after in moved)
    caught = sum(not before for before, _ in moved)
    return (
        f"{name}: {len(judged)} names, {was} of them right; given up {caught} wrong and {lost} right, among them for "
        f"another candidate {len(to_other)}, of which {sum(after for _, after in to_other)} right"
    )


def main(folder: Path) -> None:
    """Write `namesakes.json` beside the rules."""
    with Gazetteer.open() as gazetteer:
        recogniser = GazetteerRecogniser(gazetteer)
        documents = withheld_documents(folder, CORPORA, gazetteer, recogniser)
        whole, partial = (cases(documents, gazetteer, small=small) for small in (False, True))
        checked = corpus_documents(folder, CHECKED, gazetteer, recogniser)
        judged = [cases(checked, gazetteer, small=small) for small in (False, True)]
    weights = learn([*whole, *partial])
    for name, each in (
        ("trained on", whole),
        ("trained on, withheld", partial),
        (*CHECKED, judged[0]),
        (f"{CHECKED[0]}, withheld", judged[1]),
    ):
        print(report(str(name), each, weights))  # noqa: T201
    write_weights("mapgen.resolution.rules", "namesakes.json", named_weights(FEATURES, weights))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
