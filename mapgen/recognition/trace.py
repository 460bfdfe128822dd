"""Records for `--explain` why each span was taken or not; a null object for every other run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["NO_TRACE", "NoTrace", "Reason", "Trace"]


@dataclass(frozen=True, slots=True)
class Reason:
    """The verdict on one candidate span.

    Attributes:
        start: first code point.
        end: one past the last.
        text: the words.
        verdict: "place", "person", "other", "nothing", or "overlapped" where a better reading covers it.
        probability: that it is a place name.
        features: (feature, weight for place), the weightiest first.
    """

    start: int
    end: int
    text: str
    verdict: str
    probability: float
    features: tuple[tuple[str, float], ...]


class NoTrace:
    """Records nothing."""

    wanted = False

    def note(self, reasons: Sequence[Reason]) -> None:
        """Ignore the reasons."""


@dataclass(slots=True)
class Trace(NoTrace):
    """Keeps the reasons of the last documents.

    Attributes:
        reasons: in text order, one a candidate.
    """

    reasons: list[Reason] = field(default_factory=list)
    wanted = True

    def note(self, reasons: Sequence[Reason]) -> None:
        """Keep reasons."""
        self.reasons.extend(reasons)

    def lines(self, *, weight: float = 0.3) -> list[str]:
        """Return the trace as lines for the terminal.

        Args:
            weight: features that count less are left out.
        """
        return [
            f"{reason.start}-{reason.end} {reason.text!r}: {reason.verdict}, p={reason.probability:.2f} "
            + " ".join(f"{name}={value:+.2f}" for name, value in reason.features if abs(value) >= weight)
            for reason in self.reasons
        ]


NO_TRACE = NoTrace()
