"""Where the embedded populated places lie and to which country they belong, read once a place and kept as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapgen.gazetteer.layer import Layer

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Cities"]


class _Read(NamedTuple):
    """What has been read, by key; the country of a place that is not populated is ""."""

    pk: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    country: NDArray[np.str_]


class Cities:
    """The populated places of a layer by key; at most 32 bytes for each place of the layer are kept.

    Args:
        layer: that never changes.
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._read = _Read(np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0, "<U2"))

    def of(self, keys: NDArray[np.int64]) -> list[tuple[float, float, str]]:
        """Return latitude, longitude and country of those of some places that are populated, in their order.

        Args:
            keys: of places of the layer.
        """
        read = self._read
        at = np.searchsorted(read.pk, keys)
        known = np.append(read.pk, -1)[at] == keys
        if not known.all():
            # Threads that read at the same time may lose what the other has read: it is then read again.
            read = self._read = self._with(read, keys[~known])
            at = np.searchsorted(read.pk, keys)
        at = at[read.country[at] != ""]
        return list(zip(read.lat[at].tolist(), read.lon[at].tolist(), read.country[at].tolist(), strict=True))

    def _with(self, read: _Read, keys: NDArray[np.int64]) -> _Read:
        """What has been read, and some places more."""
        fresh = {pk: (lat, lon, country) for pk, lat, lon, country in self._layer.cities(keys.tolist())}
        rows = [fresh.get(key, (0.0, 0.0, "")) for key in keys.tolist()]
        pk = np.concatenate((read.pk, keys))
        order = np.argsort(pk, kind="stable")
        lat, lon, country = zip(*rows, strict=True)
        more = (np.array(lat), np.array(lon), np.array(country, dtype="<U2"))
        kept = (np.concatenate(pair)[order] for pair in zip(read[1:], more, strict=True))
        return _Read(pk[order], *kept)
