"""What figures and sorts of errors are called in reports, and how numbers are written."""

from __future__ import annotations

import re

from mapgen.evaluation.run import Figure

__all__ = ["FIGURES", "RULES", "SORTS", "escaped", "interval", "number", "signed"]

FIGURES = {
    "f1": "F1",
    "precision": "precision",
    "recall": "recall",
    "overlap_f1": "F1, touching spans",
    "sense_accuracy": "sense right, of names found",
    "metonymic_recall": "metonymic names right, of all",
    "metonymic_precision": "right, of names called metonymic",
    "accuracy": "accuracy@161 km",
    "coverage": "coverage: right place among candidates",
    "reached": "accuracy as a share of coverage",
    "answered": "names with an answer",
    "accuracy_of_answered": "accuracy of answers given (a trap)",
    "median_km": "median distance, km",
    "mean_km": "mean distance, km",
    "auc": "area under the error curve (0 best)",
    "calibration_error": "expected calibration error",
    "tokens_per_second": "tokens per second",
}

RULES = {
    "recognition": "Right is a name found with exactly its span. Recall is over all gold names.",
    "resolution": "Spans are given. Right is the same GeoNames id, the same country for a country (not the distance to "
    "its middle), or a point within 161 km. Every figure is over all gold names with coordinates; a name without an "
    "answer is wrong, and lies 20,039 km away.",
    "end-to-end": "Right is a name found with exactly its span and placed rightly: the same GeoNames id, the same "
    "country for a country, or within 161 km. Recall is over all gold names with coordinates; a name found that the "
    "corpus marks without coordinates is left out of precision.",
}

SORTS = {
    "missed": "missed",
    "invented": "taken for places",
    "boundary": "found with another span",
    "sense": "found, the sense wrong",
    "wrong": "placed wrongly",
    "unanswered": "left without a place",
}

_KILOMETRES = ("median_km", "mean_km", "tokens_per_second")


def number(value: float | None, name: str = "") -> str:
    """Return a figure as reports write it: shares with three decimals, distances and counts whole."""
    if value is None:
        return "–"
    if name in _KILOMETRES:
        return f"{value:,.1f}" if abs(value) < 10 and name != "tokens_per_second" else f"{value:,.0f}"
    return f"{value:.3f}"


def signed(value: float | None, name: str = "") -> str:
    """Return a difference with its sign."""
    if value is None:
        return "–"
    text = number(abs(value), name)
    return text if not float(text.replace(",", "")) else ("+" if value > 0 else "−") + text


def interval(figure: Figure, name: str = "") -> str:
    """Return the interval of a figure, or "" without one."""
    if figure.low is None:
        return ""
    return f"{number(figure.low, name)} – {number(figure.high, name)}"


def escaped(text: str) -> str:
    """Return a text with the signs that Markdown would read kept as they are."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", text)
