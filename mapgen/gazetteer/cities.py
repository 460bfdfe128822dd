"""Where the embedded populated places lie and to which country they belong, kept as arrays.

The first few maps read the places that they need; from then on it is quicker to have all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapgen.gazetteer.layer import Layer

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Cities", "CityReader"]

_FEW = 12_000
"""Places that are read by key before all are read: it takes as long for some 60,000."""


class Cities(NamedTuple):
    """Populated places: latitude, longitude and country (ISO 3166-1) of each."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    country: NDArray[np.str_]


class CityReader:
    """Reads the populated places of a layer by key; at most 32 bytes for each place of the layer are kept.

    Args:
        layer: that never changes.
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._read = 0
        self._all: tuple[NDArray[np.int64], Cities] | None = None

    def of(self, keys: NDArray[np.int64]) -> Cities:
        """Return those of some places that are populated, by key.

        Args:
            keys: of places of the layer, in order.
        """
        if self._all is None and self._read + len(keys) <= _FEW:
            self._read += len(keys)
            return _arrays(sorted(self._layer.cities(keys.tolist())))[1]
        if self._all is None:
            # Threads that come here at the same time read the same.
            self._all = _arrays(self._layer.all_cities())
        pks, cities = self._all
        at = np.searchsorted(pks, keys)
        at = at[np.append(pks, -1)[at] == keys]
        return Cities(cities.lat[at], cities.lon[at], cities.country[at])


def _arrays(rows: Iterable[tuple[int, float, float, str]]) -> tuple[NDArray[np.int64], Cities]:
    """The keys of rows, and what else they have."""
    table = np.array(list(rows), dtype=[("pk", np.int64), ("lat", np.float64), ("lon", np.float64), ("country", "<U2")])
    lat, lon, country = (np.ascontiguousarray(table[name]) for name in ("lat", "lon", "country"))
    return np.ascontiguousarray(table["pk"]), Cities(lat, lon, country)
