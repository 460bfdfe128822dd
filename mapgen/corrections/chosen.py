"""Finds the place of a correction: one of the gazetteer, moved or not, or one that only the correction gives."""

from __future__ import annotations

import re
from dataclasses import replace

from mapgen.corrections.records import Correction, Ruling, file_name
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.names import fold
from mapgen.model import Kind, Place, Toponym

__all__ = ["Chosen"]

SAME_POINT = 2e-5
"""Degrees, about two metres: files and pages keep five decimals of a point, which is no move of it."""

_MOVED = re.compile(r"(?P<id>.*)@(?P<lat>-?[0-9]{1,2}(?:\.[0-9]+)?),(?P<lon>-?[0-9]{1,3}(?:\.[0-9]+)?)", re.DOTALL)
_GEONAMES = re.compile(r"gn:[0-9]{1,12}")


class Chosen:
    """Finds the places of corrections.

    Args:
        gazetteer: knows places by their ids.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, row: Correction, toponym: Toponym | None = None) -> Ruling | None:
        """Return the place that `row` gives a mention, or None where nobody knows it.

        Args:
            row: of decision place or missing, with a place.
            toponym: the mention; its cue gives the kind of a place where the row does not.
        """
        id_, point = row.place, row.point
        if moved := _MOVED.fullmatch(id_):
            there = (float(moved["lat"]), float(moved["lon"]))
            if abs(there[0]) <= 90 and abs(there[1]) <= 180:
                id_, point = moved["id"], point or there
        place = self._known(id_)
        if point is None:
            return None if place is None else Ruling(place=place, reason="decided")
        if place is None:
            return Ruling(place=_said(row, point, toponym), reason="decided_point")
        if abs(place.lat - point[0]) <= SAME_POINT and abs(place.lon - point[1]) <= SAME_POINT:
            return Ruling(place=place, reason="decided")
        # Other mentions of the place may stay where they were: the moved one is a place of its own.
        return Ruling(
            place=replace(
                place,
                id=f"{place.id}@{_written(point)}",
                source=file_name(row.path) or "corrections",
                lat=point[0],
                lon=point[1],
                geonameid=None,  # what the gazetteer says of the place is not true of another point
                population=0,
            ),
            reason="decided_point",
        )

    def _known(self, id_: str) -> Place | None:
        if not id_ or (id_.startswith("gn:") and not _GEONAMES.fullmatch(id_)):
            return None
        return self._gazetteer.get(id_)


def _said(row: Correction, point: tuple[float, float], toponym: Toponym | None) -> Place:
    """A place that only the correction gives."""
    name = row.label or row.name
    slug = re.sub(r"\W+", "-", fold(name)).strip("-")
    cue_kind = toponym.cue_kind if toponym is not None else None
    return Place(
        id=f"said:{slug}@{_written(point)}",
        source=file_name(row.path) or "corrections",
        name=name,
        kind=row.kind or cue_kind or Kind.AREA,
        country=row.country,
        lat=point[0],
        lon=point[1],
    )


def _written(point: tuple[float, float]) -> str:
    return f"{point[0]:.5f},{point[1]:.5f}"
