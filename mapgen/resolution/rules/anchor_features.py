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
    "contained", "stated", "within", "in_container", "probability", "together", "main_country", "opening", "inherited",
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
        self.base_km = np.array(
            [radii(place) if place.kind in DIVISIONS | VAST or place.inherited else POINT_KM for place in self.places]
        )
        self._main = np.array([place.country == main_country != "" for place in self.places], dtype=np.float64)
        self._names = np.unique(
            [toponyms[position].text.casefold() for position in self.positions], return_inverse=True
        )[1]
        self._together = self._mass_together()
        self._holds = _holders(self.places)
        self._lead = self._together / max(1e-9, self._together.max(initial=0.0))

    def _mass_together(self) -> Array:
        """How many other names lie around each anchor, as a logarithm."""
        if not self.places:
            return np.zeros(0)
        firsts = np.unique(self._names, return_index=True)[1]
        local = np.array([place.kind not in VAST | {Kind.REGION} and not place.inherited for place in self.places])
        firsts = firsts[local[firsts]]
        near = np.exp(-chord_distances(self.points, self.points[:, firsts]) / TOGETHER_KM)
        near[self._names[:, None] == self._names[firsts]] = 0.0
        return np.asarray(np.log1p(near.sum(axis=1)))

    def name(self, row: int) -> str:
        """Return how the text writes the name of an anchor."""
        return self._toponyms[int(self.positions[row])].text

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
        rows = [
            row
            for row in range(max(0, middle - MOST_ANCHORS), min(len(self.positions), middle + MOST_ANCHORS))
            if self._toponyms[self.positions[row]].text.casefold() != here.text.casefold()
        ]
        weights, scales = np.zeros((len(rows), len(_WEIGHT))), np.zeros((len(rows), len(_SCALE)))
        before = [row for row in rows if self.positions[row] < position]
        behind = [row for row in rows if self.positions[row] > position]
        nearest = {max(before, default=-1): "next_before", min(behind, default=-1): "next_behind"}
        stated, containers, of_list = self._around.stated, self._around.containers, self._around.lists[position]
        container = containers.get(position)
        stater = stated[position].container if position in stated else None
        # "Gnamangui, Méagui et Opouyo (Nawa)": what holds the last member of a list holds all.
        of_last = containers.get(of_list[-1]) if len(of_list) <= MOST_LISTED else None
        holders = [
            self._toponyms[at].place
            for at in dict.fromkeys((container, stater, of_last))
            if at is not None and at in self._usable
        ]
        name_class = kind_class(kind)
        for number, row in enumerate(rows):
            anchor, place = self._toponyms[self.positions[row]], self.places[row]
            at = int(self.positions[row])
            values = {
                f"anchor_{kind_class(place.kind)}": 1.0,
                "probability": anchor.resolution.probability if anchor.resolution else 0.0,
                "together": float(self._together[row]),
                "lead": float(self._lead[row]),
                "holds": float(self._holds[row]),
                "population": float(np.log10(1.0 + place.population)) / 7.0 if place.kind in SETTLEMENTS else 0.0,
                "alike": float(kind_class(place.kind) == name_class != ""),
                "main_country": float(self._main[row]),
                "opening": float(at == 0),
                "inherited": float(place.inherited),
                "listed": float(at in range(of_list[0], of_list[-1] + 1)),
                "contained": float(at == container),
                "stated": float(at == stater),
                "list_container": float(at == of_last != container),
                "in_container": float(any(each is not None and place.lies_in(each) for each in holders)),
                "outside": float(any(each is not None and place.lies_in(each) is False for each in holders)),
                "metonymic": float(anchor.sense is Sense.METONYMIC),
                **self._of_gap(here, anchor),
            }
            if row in nearest:
                values[nearest[row]] = 1.0
            for name, value in values.items():
                weights[number, _WEIGHT[name]] = value
                if name in _SCALE:
                    scales[number, _SCALE[name]] = value
            if name_class:
                scales[number, _SCALE[f"name_{name_class}"]] = 1.0
        return np.array(rows, dtype=np.int64), weights, scales

    def _of_gap(self, here: Toponym, anchor: Toponym) -> dict[str, float]:
        """Features of the words between a name and an anchor."""
        is_behind = anchor.start >= here.end
        low, high = (here.end, anchor.start) if is_behind else (anchor.end, here.start)
        gap = float(np.log1p(max(0, high - low)))
        is_line = "\n" not in self._text[low:high]
        values = {
            "gap_behind" if is_behind else "gap_before": gap,
            "behind": float(is_behind),
            "same_line": float(is_line),
            "same_sentence": float(is_line and SENTENCE_END.search(self._text, low, high) is None),
        }
        if is_behind and high - low <= MOST_BETWEEN and values["same_sentence"]:
            values["within"] = float(_is_put_in(self._text[low:high], self._language))
        return values


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
