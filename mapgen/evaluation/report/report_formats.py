"""The one list of report formats."""

from __future__ import annotations

from collections.abc import Callable

from mapgen.evaluation.compare import Comparison
from mapgen.evaluation.report.json_report import to_json
from mapgen.evaluation.report.page import to_html
from mapgen.evaluation.report.table import to_table
from mapgen.evaluation.run import Run

__all__ = ["REPORTS"]

REPORTS: dict[str, Callable[[Run, Comparison | None], str]] = {"table": to_table, "json": to_json, "html": to_html}
"""By name: from a run, and what it is compared with, to the report."""
