"""Sets of kinds that several steps treat alike."""

from __future__ import annotations

from mapgen.model import Kind

__all__ = ["DIVISIONS", "SETTLEMENTS", "VAST"]

DIVISIONS = frozenset({Kind.REGION, Kind.DISTRICT})
"""Administrative divisions below the country."""

SETTLEMENTS = frozenset({Kind.CITY, Kind.VILLAGE, Kind.QUARTER})
"""Populated places."""

VAST = frozenset({Kind.COUNTRY, Kind.CONTINENT})
"""Kinds whose point says little about where something happens."""
