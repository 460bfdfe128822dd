"""The ground under the markers, without any network: coasts, lakes, borders, rivers and relief.

In: the scene of a document and its far places. Out: JSON-ready values that `static/basemap.js` paints. `windows`
chooses what is drawn how finely, `lines` packs the lines (`rivers` selects whole courses), `seams` the borders between
regions, `relief` the image.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mapgen.kinds import VAST
from mapgen.model import ParsedDocument, Place, Toponym
from mapgen.rendering.ground.lines import packed_layers
from mapgen.rendering.ground.relief import packed_relief
from mapgen.rendering.ground.seams import packed_seams
from mapgen.rendering.ground.windows import chosen_windows

__all__ = ["ground"]


def ground(parsed: ParsedDocument, *, pictured: bool = False) -> dict[str, Any]:
    """Return the ground of a document's scene and of its far places, as JSON-ready values.

    Keys: `windows` (`lines.packed_layers`); `relief` (`relief.packed_relief`) and `seams` (`seams.packed_seams`), None
    where there is nothing to show.

    Args:
        parsed: the document with its scene and footprints.
        pictured: whether the page has the relief's image in its picture already; it is left out here then.
    """
    relief = packed_relief(parsed.scene)
    if relief is not None and pictured:
        relief["image"] = ""
    return {
        "windows": packed_layers(chosen_windows(parsed.scene, _far(parsed.places))),
        "relief": relief,
        "seams": packed_seams(parsed),
    }


def _far(gathered: Iterable[tuple[Place, tuple[Toponym, ...]]]) -> list[tuple[float, float]]:
    """Points that get a fine ground: places smaller than a country, the most mentioned first."""
    small = [pair for pair in gathered if pair[0].kind not in VAST]
    return [(place.lat, place.lon) for place, _ in sorted(small, key=lambda pair: -len(pair[1]))]
