"""Areas from points: the Voronoi cells of labelled points, merged by label, their seams smoothed.

Points and areas lie on a plane, in kilometres. The result is a coverage: neighbours share their borders point by point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["split"]

_SMOOTHING = 1.0  # standard deviation of the smoothing along a seam, in sides of cells
_STEPS = 6  # points of a smoothed seam on each side of a cell
_SPECK = 0.01  # exclaves smaller than this part of their area go to the neighbour
_MARGIN = 0.01  # seams are followed so far beyond the face, against the side of a square as large
_SAME_KM = 0.01  # points closer than that are one: Voronoi cells need distinct points


def split(face: Any, points: NDArray[np.float64], labels: NDArray[Any]) -> list[tuple[Any, Any]]:
    """Divide a polygon among labels: each of its points goes to about the label of the nearest labelled point.

    Args:
        face: a shapely polygon.
        points: (n, 2), km.
        labels: the label of each point, (n,).

    Returns:
        (label, polygon) pairs that together are the face; a label may come several times.
    """
    import shapely

    if len(set(labels.tolist())) == 1:
        return [(labels[0], face)]
    merged = _merged_cells(face, points, labels)
    seams = shapely.line_merge(shapely.union_all(shapely.boundary(list(merged.values()))))
    # Beyond the face the sides of cells get very long and would pull the seams inside along.
    margin = _MARGIN * float(np.sqrt(shapely.area(face)))
    inner = shapely.get_parts(shapely.intersection(seams, shapely.buffer(shapely.simplify(face, margin / 2), margin)))
    inner = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(inner)))
    for smoothing in (_SMOOTHING, _SMOOTHING / 4, 0.0):
        parts = _cut(face, [_smoothed(seam, smoothing) for seam in inner], merged, points, labels)
        if len({label for label, _ in parts}) == len(merged):
            break  # no label was smoothed away
    return parts


def _cut(
    face: Any, seams: list[Any], merged: Mapping[Any, Any], points: NDArray[np.float64], labels: NDArray[Any]
) -> list[tuple[Any, Any]]:
    """The face cut along seams, with the label of each piece."""
    import shapely

    noded = shapely.union_all(np.array([shapely.boundary(face), *seams]))
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    shapely.prepare(face)
    pieces = pieces[shapely.contains(face, shapely.point_on_surface(pieces))]
    return list(zip(_without_specks(pieces, _labels_of(pieces, merged, points, labels)), pieces, strict=True))


def _without_specks(pieces: NDArray[Any], labels: list[Any]) -> list[Any]:
    """The labels, with tiny exclaves given to the neighbour around them.

    A single city with a wrong code makes one. A label keeps its largest piece however small that is.
    """
    import shapely

    areas = shapely.area(pieces)
    totals, largest = Counter[Any](), Counter[Any]()
    for label, area in zip(labels, areas, strict=True):
        totals[label] += area
        largest[label] = max(largest[label], area)
    cleaned = list(labels)
    for index, (label, area) in enumerate(zip(labels, areas, strict=True)):
        if area < _SPECK * totals[label] and area < largest[label]:
            shared = shapely.length(shapely.intersection(shapely.boundary(pieces[index]), shapely.boundary(pieces)))
            shared[index] = 0.0
            cleaned[index] = labels[int(np.argmax(shared))] if shared.max() > 0.0 else label
    return cleaned


def _labels_of(
    pieces: NDArray[Any], merged: Mapping[Any, Any], points: NDArray[np.float64], labels: NDArray[Any]
) -> list[Any]:
    """The label of most points in each piece, or of the cells that cover most of it where it has no point."""
    import shapely

    counts = [Counter[Any]() for _ in pieces]
    tree = shapely.STRtree(np.asarray(shapely.points(points), dtype=object))
    inside = tree.query(pieces, predicate="contains")
    for piece, point in zip(*inside, strict=True):
        counts[piece][labels[point]] += 1
    names, areas = list(merged), np.array(list(merged.values()))
    chosen = []
    for piece, count in zip(pieces, counts, strict=True):
        if count:
            chosen.append(count.most_common(1)[0][0])
        else:
            chosen.append(names[int(np.argmax(shapely.area(shapely.intersection(areas, piece))))])
    return chosen


def _merged_cells(face: Any, points: NDArray[np.float64], labels: NDArray[Any]) -> Mapping[Any, Any]:
    """The cells of the points, reaching beyond the face, merged by label."""
    import shapely

    _, first = np.unique(np.round(points / _SAME_KM), axis=0, return_index=True)
    points, labels = points[first], labels[first]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=shapely.envelope(face), ordered=True)
    )
    return {label: shapely.coverage_union_all(cells[labels == label]) for label in sorted(set(labels.tolist()))}


def _smoothed(seam: Any, smoothing: float) -> Any:
    """A seam of cells without its zigzag: a running mean over its sides, with the same ends.

    Args:
        seam: a shapely line whose corners are those of the cells.
        smoothing: standard deviation of the mean, in sides: where cells are small, little is smoothed.
    """
    import shapely

    corners = shapely.get_coordinates(seam)
    sides = len(corners) - 1
    closed = bool(np.all(corners[0] == corners[-1]))
    # A ring around a single cell must not shrink to nothing.
    width = min(smoothing, sides / (18 if closed else 4)) * _STEPS
    if sides < 2 or width < 1.0:
        return seam
    at = np.arange(sides * _STEPS + 1) / _STEPS
    line = np.column_stack([np.interp(at, np.arange(sides + 1), corners[:, axis]) for axis in (0, 1)])
    reach = min(int(3 * width), len(line) - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    if closed:
        before, after = line[-reach - 1 : -1], line[1 : reach + 1]
    else:
        # Mirrored through its ends, the line goes straight on there and the mean of an end is the end.
        before, after = 2 * line[0] - line[reach:0:-1], 2 * line[-1] - line[-2 : -reach - 2 : -1]
    padded = np.concatenate((before, line, after))
    mean = np.column_stack([np.convolve(padded[:, axis], kernel / kernel.sum(), mode="valid") for axis in (0, 1)])
    if closed:
        mean[-1] = mean[0]
    else:
        mean[0], mean[-1] = corners[0], corners[-1]  # to the last bit, or the seams would not meet
    return shapely.LineString(mean)
