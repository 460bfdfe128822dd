"""What each sure place of a document says of where an unknown name lies: features of the pair of the two mentions.

The features of `WEIGHT_FEATURES` make the weight of a place among all that stand around the name; those of
`SCALE_FEATURES` say how far from it the name lies, if it is the one to go by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mapgen.kinds import DIVISIONS, SETTLEMENTS, VAST
from mapgen.languages import Language
from mapgen.model import Kind, Place, Sense, Toponym
from mapgen.resolution.arrays import Array, Integers, chord_distances, on_sphere
from mapgen.resolution.evidence import Surroundings
from mapgen.resolution.rules.anchors import SENTENCE_END, Radii

__all__ = ["MOST_LISTED", "SCALE_FEATURES", "WEIGHT_FEATURES", "AnchorTable", "Around", "kind_class"]

MOST_ANCHORS = 30
"""Anchors on each side, in order of mention, that a name is compared with: keeps long documents linear."""

FIRST_MENTIONS = 3
"""Mentions of a name around which anchors are looked for."""

MOST_LISTED = 30
"""Members of a list that one region behind the last of them may hold."""

MOST_BETWEEN = 80
"""Code points between a name and the place that a preposition puts it in, at most."""

LONGEST_SENTENCE = 1_000
"""Code points between two names of one sentence at most."""

POINT_KM = 20.0
"""The scale of a place that is a point, before it is learned; that of a division is its radius."""

TOGETHER_KM = 60.0
"""Distance at which two anchors support each other 1/e."""

_CLASSES = ("settlement", "district", "region", "country", "site", "nature")
_CLASS = {
    **dict.fromkeys(SETTLEMENTS, "settlement"),
    Kind.QUARTER: "site", Kind.FACILITY: "site", Kind.ROAD: "site",
    Kind.DISTRICT: "district", Kind.REGION: "region", Kind.COUNTRY: "country",
    Kind.WATER: "nature", Kind.TERRAIN: "nature", Kind.AREA: "nature",
}  # fmt: skip

WEIGHT_FEATURES = (
    *(f"anchor_{each}" for each in _CLASSES),
    "gap_before", "gap_behind", "behind", "same_sentence", "same_line", "next_before", "next_behind", "listed",
    "contained", "stated", "within", "in_container", "probability", "together", "main_country", "opening",
    "population", "alike", "list_container", "outside", "metonymic", "lead", "holds",
)  # fmt: skip
"""Features of the weight of an anchor."""

SCALE_FEATURES = (
    *(f"anchor_{each}" for each in _CLASSES), *(f"name_{each}" for each in _CLASSES), "listed", "within", "together",
    "population", "alike", "contained", "same_sentence", "stated", "in_container", "lead",
)  # fmt: skip
"""Features of the logarithms of the distance to an anchor and of how light the tail of its distribution is."""

_WEIGHT = {name: column for column, name in enumerate(WEIGHT_FEATURES)}
_SCALE = {name: column for column, name in enumerate(SCALE_FEATURES)}
_SHARED = [name for name in SCALE_FEATURES if name in _WEIGHT]
_SHARED_SCALE, _SHARED_WEIGHT = [_SCALE[name] for name in _SHARED], [_WEIGHT[name] for name in _SHARED]
_LINE_END = re.compile(r"\n")
_WORD = re.compile(r"[^\W\d_]+'?")


def kind_class(kind: Kind | None) -> str:
    """Return the class of kinds that are estimated alike, or "" for no kind and for continents."""
    return _CLASS.get(kind, "") if kind is not None else ""


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """The anchors around the mentions of a name; an anchor has an entry for each of these mentions.

    Attributes:
        rows: of the table of anchors.
        points: on the unit sphere, a column each.
        base_km: their scale before what is learned.
        weights: columns of `WEIGHT_FEATURES`.
        scales: columns of `SCALE_FEATURES`.
    """

    rows: Integers
    points: Array
    base_km: Array
    weights: Array
    scales: Array


class AnchorTable:
    """The sure places of a document as arrays, for features of any mention.

    Args:
        text: of the document.
        language: of the text.
        toponyms: all of it.
        usable: which of them can be anchors.
        around: the words around them.
        radii: measures regions.
        main_country: of the document, or "".
    """

    def __init__(
        self,
        text: str,
        language: Language,
        toponyms: Sequence[Toponym],
        usable: Sequence[bool],
        around: Surroundings,
        radii: Radii,
        main_country: str,
    ) -> None:
        self._text, self._language, self._toponyms, self._around = text, language, toponyms, around
        located = [
            (position, each.place)
            for position, each in enumerate(toponyms)
            if usable[position] and each.place is not None and kind_class(each.place.kind)
        ]
        self._usable = frozenset(position for position, _ in located)
        self.positions = np.array([position for position, _ in located], dtype=np.int64)
        self.places: list[Place] = [place for _, place in located]
        self.points = on_sphere(
            np.radians([place.lat for place in self.places]), np.radians([place.lon for place in self.places])
        )
        self.base_km = np.array([radii(place) if place.kind in DIVISIONS | VAST else POINT_KM for place in self.places])
        self._starts = np.array([toponyms[position].start for position, _ in located], dtype=np.int64)
        self._ends = np.array([toponyms[position].end for position, _ in located], dtype=np.int64)
        self._lines = np.array([found.start() for found in _LINE_END.finditer(text)], dtype=np.int64)
        numbers: dict[str, int] = {}
        self._names = np.array(
            [numbers.setdefault(toponyms[position].text.casefold(), len(numbers)) for position, _ in located],
            dtype=np.int64,
        )
        self._number_of_name = numbers
        self._of_anchors = self._features_of_anchors(main_country)

    def _features_of_anchors(self, main_country: str) -> Array:
        """The features that an anchor has for every name; a row per anchor, columns of `WEIGHT_FEATURES`."""
        together, holds = self._mass_together(), _holders(self.places)
        most = max(1e-9, together.max(initial=0.0))
        features = np.zeros((len(self.places), len(_WEIGHT)))
        for row, (position, place) in enumerate(zip(self.positions.tolist(), self.places, strict=True)):
            anchor = self._toponyms[position]
            population = np.log10(1.0 + place.population) / 7.0 if place.kind in SETTLEMENTS else 0.0
            values = {
                f"anchor_{kind_class(place.kind)}": 1.0,
                "probability": anchor.resolution.probability if anchor.resolution else 0.0,
                "together": together[row],
                "lead": together[row] / most,
                "holds": holds[row],
                "population": population,
                "main_country": place.country == main_country != "",
                "opening": position == 0,
                "metonymic": anchor.sense is Sense.METONYMIC,
            }
            for name, value in values.items():
                features[row, _WEIGHT[name]] = value
        return features

    def _mass_together(self) -> Array:
        """How many other names lie around each anchor, as a logarithm."""
        if not self.places:
            return np.zeros(0)
        firsts = np.unique(self._names, return_index=True)[1]
        local = np.array([place.kind not in VAST | {Kind.REGION} for place in self.places])
        firsts = firsts[local[firsts]]
        near = np.exp(-chord_distances(self.points, self.points[:, firsts]) / TOGETHER_KM)
        near[self._names[:, None] == self._names[firsts]] = 0.0
        return np.asarray(np.log1p(near.sum(axis=1)))

    def name(self, row: int) -> str:
        """Return how the text writes the name of an anchor."""
        return self._toponyms[int(self.positions[row])].text

    def countries(self) -> frozenset[str]:
        """Return the codes of the countries that are anchors."""
        return frozenset(place.country for place in self.places if place.kind is Kind.COUNTRY)

    def around(self, positions: Sequence[int], kind: Kind | None) -> Around:
        """Return the anchors around the first mentions of a name.

        Args:
            positions: of its mentions, ascending, at least one.
            kind: what it is, or None.
        """
        pairs = [self._pairs(position, kind) for position in positions[:FIRST_MENTIONS]]
        rows = np.concatenate([pair[0] for pair in pairs])
        return Around(
            rows=rows,
            points=self.points[:, rows],
            base_km=self.base_km[rows],
            weights=np.concatenate([pair[1] for pair in pairs]),
            scales=np.concatenate([pair[2] for pair in pairs]),
        )

    def _pairs(self, position: int, kind: Kind | None) -> tuple[Integers, Array, Array]:
        """The rows of the anchors around a mention, the features of their weights, those of their scales."""
        here = self._toponyms[position]
        middle = int(np.searchsorted(self.positions, position))
        rows = np.arange(max(0, middle - MOST_ANCHORS), min(len(self.positions), middle + MOST_ANCHORS))
        rows = rows[self._names[rows] != self._number_of_name.get(here.text.casefold(), -1)]
        at = self.positions[rows]
        weights = self._of_anchors[rows]
        self._fill_neighbours_in_place(weights, at, position)
        self._fill_containers_in_place(weights, at, rows, position)
        self._fill_gaps_in_place(weights, rows, here)
        name_class = kind_class(kind)
        if name_class:
            weights[:, _WEIGHT["alike"]] = weights[:, _WEIGHT[f"anchor_{name_class}"]]
        scales = np.zeros((len(rows), len(_SCALE)))
        scales[:, _SHARED_SCALE] = weights[:, _SHARED_WEIGHT]
        if name_class:
            scales[:, _SCALE[f"name_{name_class}"]] = 1.0
        return rows, weights, scales

    def _fill_neighbours_in_place(self, weights: Array, at: Integers, position: int) -> None:
        """Mark the anchors of the list of a mention, the last one before it and the first one behind it."""
        of_list = self._around.lists[position]
        weights[:, _WEIGHT["listed"]] = (at >= of_list[0]) & (at <= of_list[-1])
        before, behind = np.flatnonzero(at < position), np.flatnonzero(at > position)
        weights[before[-1:], _WEIGHT["next_before"]] = 1.0
        weights[behind[:1], _WEIGHT["next_behind"]] = 1.0

    def _fill_containers_in_place(self, weights: Array, at: Integers, rows: Integers, position: int) -> None:
        """Mark what the text places a mention inside, and which anchors lie in there."""
        stated, containers, of_list = self._around.stated, self._around.containers, self._around.lists[position]
        container = containers.get(position, -1)
        stater = stated[position].container if position in stated else -1
        # "Gnamangui, Méagui et Opouyo (Nawa)": what holds the last member of a list holds all.
        of_last = containers.get(of_list[-1], -1) if len(of_list) <= MOST_LISTED else -1
        weights[:, _WEIGHT["contained"]] = at == container
        weights[:, _WEIGHT["stated"]] = at == stater
        weights[:, _WEIGHT["list_container"]] = (at == of_last) & (of_last != container)
        for holder in {container, stater, of_last} & self._usable:
            outer = self._toponyms[holder].place
            for number, row in enumerate(rows.tolist() if outer is not None else ()):
                inside = self.places[row].lies_in(outer) if outer is not None else None
                if inside is not None:
                    weights[number, _WEIGHT["in_container" if inside else "outside"]] = 1.0

    def _fill_gaps_in_place(self, weights: Array, rows: Integers, here: Toponym) -> None:
        """Describe the words between a mention and each anchor."""
        starts, ends = self._starts[rows], self._ends[rows]
        behind = starts >= here.end
        low, high = np.where(behind, here.end, ends), np.where(behind, starts, here.start)
        gap = np.log1p(np.maximum(0, high - low))
        weights[:, _WEIGHT["gap_behind"]] = gap * behind
        weights[:, _WEIGHT["gap_before"]] = gap * ~behind
        weights[:, _WEIGHT["behind"]] = behind
        same_line = np.searchsorted(self._lines, low) == np.searchsorted(self._lines, high)
        weights[:, _WEIGHT["same_line"]] = same_line
        for number in np.flatnonzero(same_line & (high - low <= LONGEST_SENTENCE)).tolist():
            first, last = int(low[number]), int(high[number])
            if SENTENCE_END.search(self._text, first, last) is not None:
                continue
            weights[number, _WEIGHT["same_sentence"]] = 1.0
            if behind[number] and last - first <= MOST_BETWEEN:
                weights[number, _WEIGHT["within"]] = _is_put_in(self._text[first:last], self._language)


def _holders(places: Sequence[Place]) -> Sequence[bool]:
    """Which places hold another one: they say less than that one does."""
    inner = {codes for place in places for codes in _codes(place)[:-1]}
    return [place.kind in DIVISIONS | {Kind.COUNTRY} and _codes(place)[-1] in inner for place in places]


def _codes(place: Place) -> list[tuple[str, ...]]:
    """The codes of the divisions that a place lies in, the country first; its own last, where it is a division."""
    codes: list[tuple[str, ...]] = [(place.country,)]
    if place.kind not in VAST and place.admin1:
        codes.append((place.country, place.admin1))
        if place.kind is not Kind.REGION and place.admin2:
            codes.append((place.country, place.admin1, place.admin2))
    return codes if place.kind in DIVISIONS | {Kind.COUNTRY} else [*codes, ("", place.id)]


def _is_put_in(between: str, language: Language) -> bool:
    """Whether the words between two names end with a preposition that puts the first into the second."""
    words = _WORD.findall(between.replace("’", "'").lower())
    while words and words[-1] in language.articles and words[-1] not in language.contracted:
        words.pop()
    return bool(words) and "," not in between and words[-1] in _prepositions(language)


@lru_cache(maxsize=16)
def _prepositions(language: Language) -> frozenset[str]:
    return frozenset().union(*(language.signs.get(table, frozenset()) for table in ("in", "within", "at", "the_at")))
