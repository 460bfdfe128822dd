"""The probability from which a place counts as sure."""

from __future__ import annotations

__all__ = ["DOUBTFUL"]

DOUBTFUL = 0.7
"""Probability below which a place is shown as doubtful and does not decide which area the map shows first."""
