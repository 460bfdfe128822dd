"""How far a run is: documents, rate, time left, errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mapgen.corpus.model import Report

__all__ = ["Listener", "Meter", "Progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is.

    Attributes:
        step: "plan", "read", "duplicates", "places", "page".
        done: documents that are done, those of earlier runs included.
        total: documents in all, 0 where it is not known.
        rate: documents a second in this run.
        errors: documents that have failed so far.
        left: seconds that are left, None where it is not known.
    """

    step: str
    done: int = 0
    total: int = 0
    rate: float = 0.0
    errors: int = 0
    left: float | None = None


Listener = Callable[[Progress], None]
"""Called when something is done."""


class Meter:
    """Counts what tasks report.

    Args:
        listen: called after each report.
        total: documents in all, 0 where it is not known.
    """

    def __init__(self, listen: Listener, total: int = 0) -> None:
        self._listen = listen
        self._total = total
        self._begun = time.monotonic()
        self._done = self._now = self._errors = 0
        self.cpu = 0.0

    def earlier(self, commit: Mapping[str, object]) -> None:
        """Count what an earlier run has committed."""
        self._done += int(str(commit["documents"]))
        errors = commit["errors"]
        self._errors += sum(errors.values()) if isinstance(errors, Mapping) else 0

    def add(self, report: Report) -> None:
        """Count a report, and tell."""
        self._now += report.documents
        self._errors += sum(report.errors.values())
        self.cpu += report.cpu
        self.tell()

    def tell(self) -> None:
        """Tell how far the run is."""
        rate = self._now / max(1e-6, time.monotonic() - self._begun)
        done = self._done + self._now
        # A file of several texts is one document in the plan.
        total = max(self._total, done) if self._total else 0
        left = (total - done) / rate if rate and total else None
        self._listen(Progress(step="read", done=done, total=total, rate=rate, errors=self._errors, left=left))
