"""Kinds of places that resolution treats alike."""

from __future__ import annotations

from mapgen.model import Kind

__all__ = ["REGIONS", "SETTLEMENTS"]

REGIONS = frozenset({Kind.REGION, Kind.DISTRICT})
"""Divisions of a country."""

SETTLEMENTS = frozenset({Kind.CITY, Kind.VILLAGE, Kind.QUARTER})
"""Where people live together."""
