"""What the pipeline returns: an annotated document, and one with its geometry, each with the ways to write it."""

from __future__ import annotations

import json
import pickle
import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapgen.errors import OptionError
from mapgen.files import write_aside
from mapgen.messages import msg
from mapgen.model import AnnotatedDocument, Document, ParsedDocument, Toponym

if TYPE_CHECKING:
    import folium
    import geopandas  # type: ignore[import-untyped]
    import pandas as pd

    from mapgen.rendering import TileLayer

__all__ = ["Annotated", "Parsed"]

MOST_SHOWN = 200
"""Rows that a notebook shows of a result."""
_QUICK = 3
"""Level of compression: 1 takes a fifth less time and 6 twice as much, for a twentieth more and less."""


class Shown:
    """How a result shows itself: in one short line, and as a table in a notebook."""

    document: Document
    toponyms: tuple[Toponym, ...]

    def __repr__(self) -> str:
        placed = sum(toponym.place is not None for toponym in self.toponyms)
        source = f"{self.document.source or self.document.title or self.document.text[:30]!r}"
        return f"<{type(self).__name__} {source[:60]}: {len(self.toponyms)} toponyms, {placed} placed>"

    def _repr_html_(self) -> str:
        """Return the table of the toponyms; a notebook shows it."""
        columns = ("text", "sense", "kind", "place", "country", "lat", "lon", "probability")
        rows = [
            (each.text, each.sense, each.kind or "", each.place.name if each.place else "–",
             each.place.country if each.place else "", f"{each.place.lat:.4f}" if each.place else "",
             f"{each.place.lon:.4f}" if each.place else "",
             f"{each.resolution.probability:.2f}" if each.resolution else "")
            for each in self.toponyms[:MOST_SHOWN]
        ]  # fmt: skip
        head = "".join(f"<th>{column}</th>" for column in columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
        more = len(self.toponyms) - len(rows)
        note = f"<p>… {more} more</p>" if more > 0 else ""
        return f"<p>{escape(repr(self))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


class Annotated(Shown, AnnotatedDocument):
    """The result of `Geoparser.annotate`: a document with its toponyms, resolved, and no geometry.

    Its pickle is compressed: places repeat their names and divisions, and results travel between processes.
    """

    __repr__ = Shown.__repr__
    __hash__ = object.__hash__

    def __reduce__(self) -> tuple[Callable[[type[Annotated], bytes], Annotated], tuple[type[Annotated], bytes]]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return _unpacked, (type(self), zlib.compress(pickle.dumps(values, pickle.HIGHEST_PROTOCOL), _QUICK))

    def to_frame(self, *, candidates: bool = False) -> pd.DataFrame:
        """Return a pandas DataFrame, a row a toponym in text order (columns: `mapgen.exports.rows.COLUMNS`).

        Args:
            candidates: a row for each candidate of each toponym instead. With `Settings(features=True)` the ranker's
                input follows in columns `feature_…`; without it the candidates carry no features and there are none.
        """
        import pandas as pd

        from mapgen.exports.rows import CANDIDATE_COLUMNS, COLUMNS, candidate_rows, rows

        if candidates:
            frame = pd.DataFrame(list(candidate_rows(self)))
            return frame if len(frame.columns) else pd.DataFrame(columns=list(CANDIDATE_COLUMNS))
        return pd.DataFrame(list(rows(self)), columns=list(COLUMNS)).astype({"geonameid": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """Return the text's title, date, language and source, and the rows of `to_frame` under "toponyms"."""
        from mapgen.exports.rows import rows

        document = self.document
        return {
            "title": document.title,
            "date": document.date,
            "language": document.language,
            "source": document.source,
            "toponyms": list(rows(self)),
        }


class Parsed(Annotated, ParsedDocument):
    """The result of `Geoparser.parse`: an annotated document with its geometry, and the ways to write it."""

    __repr__ = Shown.__repr__
    __hash__ = object.__hash__

    def to_geojson(self) -> dict[str, Any]:
        """Return a GeoJSON FeatureCollection, as `mapgen places --format geojson` writes it."""
        from mapgen.exports import convert

        content: dict[str, Any] = json.loads(convert(self, "geojson"))
        return content

    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """Return `to_frame` as a GeoDataFrame: a point a placed toponym, an empty geometry for the others, WGS 84.

        Raises:
            OptionError: geopandas is not installed.
        """
        try:
            import geopandas
        except ImportError as error:
            raise OptionError(msg("to_geodataframe needs geopandas: pip install 'mapgen[geopandas]'")) from error
        frame = self.to_frame()
        points = geopandas.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
        geometry = geopandas.GeoSeries(points, index=frame.index).where(frame["lat"].notna().to_numpy(), None)
        return geopandas.GeoDataFrame(frame, geometry=geometry, crs="EPSG:4326")

    def to_map(self) -> folium.Map:
        """Return the page as a folium.Map; it shows itself in a notebook."""
        from mapgen.rendering import to_map

        return to_map(self)

    def save_image(self, path: Path | str) -> Path:
        """Write the first view of the map to `path` as a picture, and return the path.

        Args:
            path: of the picture, .svg or .png; PNG needs `mapgen[png]`.

        Raises:
            OptionError: PNG is wanted and resvg-py is not installed.
            OutputError: the file cannot be written; an existing file is unchanged.
        """
        from mapgen.rendering.picture import picture_file

        target = Path(path)
        write_aside(target, picture_file(self, target))
        return target

    def save(self, path: Path | str, *, tiles: Sequence[TileLayer] | None = None) -> Path:
        """Write the page to `path`, aside first and then renamed, and return the path.

        Args:
            path: of the page.
            tiles: layers that the reader may switch on (`mapgen.rendering.tile_layers`); OpenStreetMap when not given.

        Raises:
            OutputError: the file cannot be written; an existing file is unchanged.
        """
        target = Path(path)
        write_aside(target, self.to_html(tiles=tiles))
        return target

    def to_html(self, *, tiles: Sequence[TileLayer] | None = None) -> str:
        """Return the page.

        Args:
            tiles: as for `save`.
        """
        from mapgen.rendering import OPENSTREETMAP, render

        return render(self, tiles=(OPENSTREETMAP,) if tiles is None else tiles)


def _unpacked(kind: type[Annotated], packed: bytes) -> Annotated:
    """Make an annotated document of its pickle."""
    values: dict[str, Any] = pickle.loads(zlib.decompress(packed))  # noqa: S301 - a part of a pickle
    return kind(**values)
