"""A run as a text table, as JSON, as one HTML page."""

from __future__ import annotations

from mapgen.evaluation.report.report_formats import REPORTS

__all__ = ["REPORTS"]
