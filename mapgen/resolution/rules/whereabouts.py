"""Where an unknown name lies, as a distribution over the Earth: a mixture of what the places around it say.

Every anchor has a weight, a softmax of its features with one more entry for "somewhere else", and spreads it around its
point with the density of a two-dimensional Student distribution, n (1 + d²/s²)^-(n+1) / πs² at d kilometres: the scale
s says how far it reaches, n how light its tail is (1: half of it lies within s). Weights, scales and tails are learned
from texts whose known names are taken from the gazetteer (`mapgen.training.estimates`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from mapgen.geodesy import EARTH_RADIUS_KM
from mapgen.resolution.arrays import Array, chord_distances
from mapgen.resolution.rules.anchor_features import SCALE_FEATURES, WEIGHT_FEATURES, Around

__all__ = ["ELSEWHERE_DENSITY", "Masses", "Model", "Whereabouts", "log_kernel", "mixture", "whereabouts_model"]

ELSEWHERE_DENSITY = 1.0 / (4.0 * np.pi * EARTH_RADIUS_KM**2)
"""Density of the rest, per square kilometre: anywhere on Earth."""

LEAST_ELSEWHERE = 1e-12
"""Least share of the rest: every point has some density, so that it has a logarithm."""

MODE_KM = 40.0
"""Distance at which a place is half as good as at the right point: what the middle of an estimate is chosen by."""

STEPS = 25
"""Steps of the climb to the middle of the estimate."""

_RINGS, _SPOKES = 10, 8


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Learned numbers.

    Attributes:
        weight: per feature of an anchor's weight.
        scale: per feature of the logarithm of an anchor's scale.
        tail: per feature of the logarithm of how light its tail is.
        elsewhere: score of "somewhere else".
    """

    weight: Array
    scale: Array
    tail: Array
    elsewhere: float


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """The distribution of one name.

    Attributes:
        points: of the anchors on the unit sphere, a column each.
        shares: of the anchors; what they leave to 1 lies somewhere else.
        scales: of the anchors, km.
        tails: of the anchors.
    """

    points: Array
    shares: Array
    scales: Array
    tails: Array

    def density(self, points: Array) -> Array:
        """Return the density per square kilometre at points on the unit sphere."""
        ratio = (chord_distances(points, self.points) / self.scales) ** 2
        kernels = np.exp(log_kernel(ratio, np.log(self.scales), self.tails))
        # What the shares leave may be a rounding error below 0.
        elsewhere = max(LEAST_ELSEWHERE, 1.0 - float(self.shares.sum()))
        return np.asarray(kernels @ self.shares + elsewhere * ELSEWHERE_DENSITY)

    def middle(self) -> Array:
        """Return the point with the most of the distribution around it, by climbs from the three heaviest anchors."""
        widths = self.scales**2 + MODE_KM**2
        highest = np.argsort(-self._heights(self.points, widths), kind="stable")[:3]
        # Mentions of one place are anchors at one point, from which all climbs are the same.
        tops = self._climb(np.array(list(dict.fromkeys(map(tuple, self.points[:, highest].T.tolist())))), widths)
        best, best_height = self.points[:, 0], -1.0
        for point in tops:
            height = float(self._heights(point[:, None], widths)[0])
            if height > best_height:
                best, best_height = point, height
        return np.asarray(best)

    def _climb(self, points: Array, widths: Array) -> Array:
        """Return the points that climbs end at; a row per point, all climbs at once."""
        strongest = self.shares * MODE_KM**2 / widths / widths
        for _ in range(STEPS):
            before = points.copy()
            apart = points[:, :, None] - self.points
            apart *= apart
            distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(apart.sum(axis=1)) / 2, 1.0))
            pulls = strongest * (1.0 + distances**2 / widths) ** -2
            for row, pull in enumerate(pulls):
                point = self.points @ pull
                points[row] = point / math.sqrt(point @ point)
            if (points == before).all():
                break  # all further steps would end at the same points
        return points

    def _heights(self, points: Array, widths: Array) -> Array:
        ratio = chord_distances(points, self.points) ** 2 / widths
        return np.asarray((1.0 + ratio) ** -1 @ (self.shares * MODE_KM**2 / widths))

    def masses(self, middle: Array) -> Masses:
        """Return how the distribution lies around a point."""
        quantiles = (np.arange(_RINGS) + 0.5) / _RINGS
        rings = self.scales[:, None] * np.sqrt((1.0 - quantiles) ** (-1.0 / self.tails[:, None]) - 1.0)
        angles = np.cos(2 * np.pi * np.arange(_SPOKES) / _SPOKES)
        centre = chord_distances(middle[:, None], self.points)[0]
        # On the plane: where the distance matters, it is small against the Earth.
        squares = (
            centre[:, None, None] ** 2 + rings[:, :, None] ** 2 + 2 * centre[:, None, None] * rings[:, :, None] * angles
        )
        distances = np.sqrt(np.maximum(0.0, squares)).reshape(-1)
        mass = np.repeat(self.shares / (_RINGS * _SPOKES), _RINGS * _SPOKES)
        order = np.argsort(distances, kind="stable")
        return Masses(distances[order], np.cumsum(mass[order]))


@dataclass(frozen=True, slots=True, eq=False)
class Masses:
    """How much of a distribution lies how far from a point, over a sample of each component.

    Attributes:
        distances: from the point, km, ascending.
        held: what lies within each distance.
    """

    distances: Array
    held: Array

    def radius_km(self, held: float) -> float:
        """Return the distance within which so much of the distribution lies; infinite where none is."""
        number = int(np.searchsorted(self.held, held))
        return float(self.distances[number]) if number < len(self.distances) else math.inf

    def within(self, radius_km: float) -> float:
        """Return how much of the distribution lies within a distance."""
        number = int(np.searchsorted(self.distances, radius_km, side="right"))
        return float(self.held[number - 1]) if number else 0.0


def log_kernel(ratio: Array, log_scale: Array, tail: Array) -> Array:
    """Return the logarithm of the density of an anchor.

    Args:
        ratio: square of the distance in scales.
        log_scale: logarithm of the scale in km.
        tail: how light its tail is.
    """
    return np.asarray(np.log(tail / np.pi) - 2 * log_scale - (tail + 1.0) * np.log1p(ratio))


def mixture(model: Model, around: Around) -> Whereabouts:
    """Return the distribution of a name from the anchors around it, at least one."""
    scores = np.append(around.weights @ model.weight, model.elsewhere)
    powers = np.exp(scores - scores.max())
    shares = powers / powers.sum()
    scales, tails = around.base_km * np.exp(around.scales @ model.scale), np.exp(around.scales @ model.tail)
    return Whereabouts(around.points, shares[:-1], scales, tails)


@lru_cache(maxsize=1)
def whereabouts_model() -> Model:
    """Return the model with the numbers that come with the package.

    Raises:
        ValueError: the file has a number of an unknown feature.
    """
    data = json.loads(resources.files(__package__).joinpath("whereabouts.json").read_text(encoding="utf-8"))
    return Model(
        weight=_vector(data["weight"], WEIGHT_FEATURES),
        scale=_vector(data["scale"], SCALE_FEATURES),
        tail=_vector(data["tail"], SCALE_FEATURES),
        elsewhere=float(data["elsewhere"]),
    )


def _vector(table: Mapping[str, float], names: Sequence[str]) -> Array:
    unknown = set(table) - set(names)
    if unknown:
        raise ValueError(f"whereabouts.json has numbers of unknown features: {', '.join(sorted(unknown))}")
    return np.array([table.get(name, 0.0) for name in names])
