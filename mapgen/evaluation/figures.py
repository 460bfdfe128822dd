"""From judged documents to figures with their intervals, and to groups by kind and country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from mapgen.evaluation.cases import Case, Outcome
from mapgen.evaluation.intervals import Array, Statistic, intervals, ratio
from mapgen.evaluation.metrics import Judgement, calibration_error, reliability, scores
from mapgen.evaluation.recognition import FOUND_COLUMNS, Found
from mapgen.evaluation.resolution import PLACED_COLUMNS, Placed
from mapgen.evaluation.run import Figure, Group, Run, commonest

__all__ = ["LESS_IS_BETTER", "found_run", "placed_run"]

LESS_IS_BETTER = frozenset(("mean_km", "median_km", "auc", "calibration_error"))
"""Figures of which the smaller is the better."""

Counts = Sequence[Sequence[Sequence[int]]]
"""Documents, names, counts of each name."""


def found_run(run: Run, found: Sequence[Found]) -> Run:
    """Return `run` with the figures of recognition."""
    at = {column: position for position, column in enumerate(FOUND_COLUMNS)}
    statistics = {
        "f1": _harmonic(at["right"], at["right"], at["reported"], at["gold"]),
        "precision": ratio(at["right"], at["reported"]),
        "recall": ratio(at["right"], at["gold"]),
        "overlap_f1": _harmonic(at["reported_near"], at["gold_near"], at["reported"], at["gold"]),
    }
    counts = [each.counts for each in found]
    totals = _totals(counts, len(FOUND_COLUMNS))
    if totals[0, at["senses"]]:
        statistics["sense_accuracy"] = ratio(at["senses_right"], at["senses"])
    if totals[0, at["metonymic"]]:
        statistics["metonymic_recall"] = ratio(at["metonymic_right"], at["metonymic"])
        statistics["metonymic_precision"] = ratio(at["metonymic_right"], at["metonymic_said"])
    cases = [each.cases for each in found]
    return _completed(run, cases, _figures(counts, statistics, totals), int(totals[0, at["gold"]]))


def placed_run(run: Run, placed: Sequence[Placed]) -> Run:
    """Return `run` with the figures of resolution, or of recognition and resolution in a row."""
    at = {column: position for position, column in enumerate(PLACED_COLUMNS)}
    right, reported, gold = at["right"], at["reported"], at["gold"]
    statistics: dict[str, Statistic] = {}
    if run.task == "end-to-end":
        statistics["f1"] = _harmonic(right, right, reported, gold)
        statistics["precision"] = ratio(right, reported)
        statistics["recall"] = ratio(right, gold)
    else:
        statistics["accuracy"] = ratio(right, gold)
    statistics["coverage"] = ratio(at["covered"], gold)
    statistics["reached"] = ratio(right, at["covered"])
    statistics["answered"] = ratio(at["answered"], gold)
    counts = [each.counts for each in placed]
    totals = _totals(counts, len(PLACED_COLUMNS))
    figures = _figures(counts, statistics, totals)
    judgements = [judgement for each in placed for judgement in each.judgements]
    answers = [
        (judgement.probability, judgement.right)
        for each in placed
        for judgement, answered in zip(each.judgements, each.answered, strict=True)
        if answered
    ]
    figures |= _distances(judgements, answers)
    run = replace(run, reliability=reliability(answers))
    return _completed(run, [each.cases for each in placed], figures, len(judgements))


def _distances(judgements: Sequence[Judgement], answers: Sequence[tuple[float, bool]]) -> dict[str, Figure]:
    """Figures that are no ratios of counts."""
    over_all = scores(judgements)
    figures = {
        "median_km": Figure(round(over_all.median_km, 1)),
        "mean_km": Figure(round(over_all.mean_km, 1)),
        "auc": Figure(over_all.auc),
        "calibration_error": Figure(calibration_error(answers)),
    }
    if answers:
        figures["accuracy_of_answered"] = Figure(sum(right for _, right in answers) / len(answers))
    return figures


def _totals(counts: Counts, width: int) -> Array:
    rows = [row for document in counts for row in document]
    return np.asarray(np.array(rows, dtype=np.float64).reshape(-1, width).sum(axis=0, keepdims=True))


def _figures(counts: Counts, statistics: Mapping[str, Statistic], totals: Array) -> dict[str, Figure]:
    spread = intervals(counts, statistics)
    return {name: Figure(float(statistic(totals)[0]), *spread[name]) for name, statistic in statistics.items()}


def _harmonic(right_reported: int, right_gold: int, reported: int, gold: int) -> Statistic:
    """F1 (van Rijsbergen 1979) of the precision right_reported / reported and the recall right_gold / gold."""
    precision, recall = ratio(right_reported, reported), ratio(right_gold, gold)

    def mean(sums: Array) -> Array:
        p, r = precision(sums), recall(sums)
        return np.divide(2 * p * r, p + r, out=np.zeros(len(sums)), where=p + r > 0)

    return mean


def _completed(run: Run, cases: Sequence[Sequence[Case]], figures: dict[str, Figure], names: int) -> Run:
    flat = tuple(case for document in cases for case in document)
    return replace(
        run,
        names=names,
        figures=figures,
        kinds=_groups(cases, lambda case: case.kind),
        countries=_groups(cases, lambda case: case.country),
        errors=commonest(flat),
        cases=flat,
    )


def _groups(cases: Sequence[Sequence[Case]], key: Callable[[Case], str]) -> tuple[Group, ...]:
    """The gold names by `key`, the most frequent first; none where no name has any."""
    grouped: dict[str, list[list[Case]]] = defaultdict(list)
    for document in cases:
        here: dict[str, list[Case]] = defaultdict(list)
        for case in document:
            if case.is_gold:
                here[key(case)].append(case)
        for name, members in here.items():
            grouped[name].append(members)
    if not any(grouped):
        return ()
    groups = [_group(name, documents) for name, documents in grouped.items()]
    return tuple(sorted(groups, key=lambda group: (-group.names, group.name)))


def _group(name: str, documents: Sequence[Sequence[Case]]) -> Group:
    members = [case for document in documents for case in document]
    counts = [[(int(_is_right(case)), 1) for case in document] for document in documents]
    low, high = intervals(counts, {"right": ratio(0, 1)})["right"]
    distances = [case.distance_km for case in members if case.distance_km is not None]
    return Group(
        name=name,
        names=len(members),
        right=Figure(sum(_is_right(case) for case in members) / len(members), low, high),
        covered=sum(bool(case.covered) for case in members) / len(members) if distances else None,
        median_km=median(distances) if distances else None,
    )


def _is_right(case: Case) -> bool:
    """Found or placed rightly; a wrong sense does not make a name unfound."""
    return case.outcome in (Outcome.RIGHT, Outcome.SENSE)
