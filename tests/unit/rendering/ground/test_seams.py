from __future__ import annotations

import shapely

from mapgen.model import Document, Footprint, FootprintType, ParsedDocument
from mapgen.rendering.ground.seams import packed_seams, seams


def _region(name: str, west: float, east: float, *, named: bool) -> Footprint:
    ring = [(west, 48.0), (east, 48.0), (east, 49.0), (west, 49.0), (west, 48.0)]
    return Footprint(
        type=FootprintType.AREA,
        geometry={"type": "Polygon", "coordinates": [ring]},
        spans=((0, 3),) if named else (),
        place_id=name,
        label=name,
    )


def _parsed(*regions: Footprint) -> ParsedDocument:
    return ParsedDocument(
        document=Document(text="Ici et là.", language="fr"), language="fr", footprints=regions,
        scene=(48.0, 2.0, 49.0, 5.0),
    )  # fmt: skip


def test_a_shared_border_is_drawn_once() -> None:
    named, other = seams(
        _parsed(
            _region("a", 2.0, 3.0, named=True), _region("b", 3.0, 4.0, named=True), _region("c", 4.0, 5.0, named=False)
        )
    )
    lines = [shapely.LineString(line) for line in (*named, *other)]
    assert sum(line.length for line in lines) == shapely.union_all(lines).length
    assert sum(shapely.LineString(line).length for line in named) == 7.0
    assert sum(shapely.LineString(line).length for line in other) == 3.0


def test_an_outline_at_the_coast_is_none() -> None:
    ring = [(-2.0, 48.0), (-0.5, 48.0), (-0.5, 50.5), (-2.0, 50.5), (-2.0, 48.0)]
    area = Footprint(
        type=FootprintType.AREA, geometry={"type": "Polygon", "coordinates": [ring]}, spans=((0, 3),), place_id="x"
    )
    assert seams(_parsed(area))[0], "it lies inland"
    assert packed_seams(_parsed()) is None
