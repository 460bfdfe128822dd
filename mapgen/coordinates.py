"""Coordinates as people write them: decimal degrees, degrees and minutes, pairs in one cell, WKT points."""

from __future__ import annotations

import re
from typing import NamedTuple

from mapgen.messages import msg

__all__ = ["LATITUDE", "LONGITUDE", "Axis", "degrees", "point"]


class Axis(NamedTuple):
    """An axis of coordinates.

    Attributes:
        name: as in messages and columns.
        most: degrees at most, to both sides.
        sides: the first letters of the sides of the world, in lower case, with their signs.
    """

    name: str
    most: int
    sides: dict[str, int]


LATITUDE = Axis("lat", 90, {"n": 1, "s": -1})
# "O" is west in French, Spanish, Italian and Portuguese.
LONGITUDE = Axis("lon", 180, {"e": 1, "w": -1, "o": -1})

_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‒": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-", "＋": "+",
                        "٫": ".", "’": "'", "′": "'", "ʹ": "'", "`": "'", "´": "'", "”": '"', "“": '"', "″": '"',
                        "ʺ": '"', "º": "°", "˚": "°"})  # fmt: skip
_NUMBER = r"\d{1,9}(?:[.,]\d*)?|[.,]\d+"
_DECIMAL = re.compile(rf"([-+]?)\s*({_NUMBER})\s*°?")
_PARTS = re.compile(
    r"([-+]?)\s*(\d{1,3})\s*(?:°|:|d(?:eg)?(?![a-z])|\s)\s*"
    rf"({_NUMBER})\s*(?:'(?!')|:|m(?:in)?(?![a-z])|\s|$)\s*"
    rf"(?:({_NUMBER})\s*(?:\"|''|s(?:ec)?(?![a-z]))?)?",
)
_SIDE = re.compile(
    r"(?:(?P<first>[a-zé]+)\.?\s*(?=[-+\d.,]))?(?P<rest>.*?)(?:(?<=[\d°'\"\s.])(?P<last>[nsewo][a-z]*)\.?)?"
)
_SECONDS = re.compile(r"\d\s*m\s*[\d.,]+\s*s$")
_SIDES = frozenset(
    ("n", "s", "e", "w", "o", "north", "south", "east", "west", "nord", "sud", "est", "ouest", "norte", "sur", "este",
     "oeste", "lat", "latitude", "lon", "long", "lng", "longitude")
)  # fmt: skip
_WKT = re.compile(r"(?:srid\s*=\s*(\d+)\s*;\s*)?(multi)?point\s*(?:zm?|m)?\s*\(+\s*([^()]+?)\s*\)+", re.IGNORECASE)
_WORLD = frozenset({"4326", "4979", "4258"})
_EVERY_SIDE = re.compile(r"(?<![a-zé])(?:[nsewo]|north|south|east|west|nord|sud|est|ouest)(?![a-zé])\.?", re.IGNORECASE)


def degrees(text: str, axis: Axis) -> float:
    """Read degrees on one axis: "36.2", "36,2", "−4.1°", "35°25' N", "12 30 S", "35:25:12", "3.2 O".

    Raises:
        ValueError: it is no such number, of the other axis, or outside the world; the message names the axis.
    """
    plain = " ".join(text.translate(_MINUS).split())
    if not plain:
        raise ValueError(msg("it has no {axis}", axis=axis.name))
    wrong = ValueError(msg("{axis} {text!r} is no number of degrees", axis=axis.name, text=text[:40]))
    folded = plain.casefold()
    # In "61d30m36s" the last letter is no side of the world.
    match = _SIDE.fullmatch(folded.removesuffix("s") if _SECONDS.search(folded) else folded)
    if match is None:
        raise wrong
    words = [word for word in (match["first"], match["last"]) if word]
    if not set(words) <= _SIDES or len(words) > 1:
        raise wrong
    side = words[0][0] if words and words[0][0] not in "l" else ""
    number, signed, parts = _magnitude(match["rest"].strip(), wrong, bare=bool(side))
    if side and side not in axis.sides:
        raise ValueError(msg("{axis} {text!r} is of the other axis", axis=axis.name, text=text[:40]))
    if side and signed:
        raise ValueError(msg("{axis} {text!r} has both a sign and a side of the world", axis=axis.name, text=text[:40]))
    value = number * (axis.sides[side] if side else 1)
    if not -axis.most <= value <= axis.most:
        raise ValueError(
            msg("{axis} {text} lies outside -{most} to {most}", axis=axis.name, text=text[:40], most=axis.most)
        )
    return round(value, 9) if parts else value


def _magnitude(text: str, wrong: ValueError, *, bare: bool) -> tuple[float, bool, bool]:
    """A number or degrees, minutes and seconds; whether it has a sign, and whether it has parts.

    Args:
        text: without the side of the world.
        wrong: raised where it is neither.
        bare: whether degrees and minutes may be parted by a space alone, as a side of the world stands beside them.
    """
    if match := _DECIMAL.fullmatch(text):
        return float(match[1] + match[2].replace(",", ".")), bool(match[1]), False
    match = _PARTS.fullmatch(text)
    if match is None or not (bare or match[4] or any(sign in text for sign in "°':d")):
        raise wrong
    minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.group(3, 4))
    if minutes >= 60 or seconds >= 60 or (match[4] and not minutes.is_integer()):
        raise wrong
    value = int(match[2]) + minutes / 60 + seconds / 3600
    return (-value if match[1] == "-" else value), bool(match[1]), True


def point(text: str, *, longitude_first: bool = False) -> tuple[float, float]:
    """Read a point of one cell: "35.42, 36.77", "35,42; 36,77", "35°25'N 36°46'E", "POINT (36.77 35.42)".

    Args:
        text: latitude and longitude in this order, unless sides of the world or WKT say otherwise.
        longitude_first: whether the longitude stands first.

    Returns:
        Latitude and longitude in degrees.

    Raises:
        ValueError: it is no such pair.
    """
    plain = " ".join(text.translate(_MINUS).split())
    if match := _WKT.fullmatch(plain):
        if match[1] and match[1] not in _WORLD:
            raise ValueError(msg("its point is in EPSG:{code}, not in degrees (WGS 84)", code=match[1]))
        cells = match[3].split()
        if len(cells) not in (2, 3, 4) or "," in match[3]:
            raise ValueError(msg("{text!r} is not one point", text=text[:40]))
        return degrees(cells[1], LATITUDE), degrees(cells[0], LONGITUDE)
    if "(" in plain and re.match(r"[a-z]", plain, re.IGNORECASE):
        raise ValueError(msg("{text!r} is no point", text=text[:40]))
    plain = plain.removeprefix("geo:").removeprefix("(").removesuffix(")")
    one, other = _halves(plain, text)
    first_is_longitude = longitude_first
    sides = [found[0][0].casefold() if (found := _EVERY_SIDE.findall(half)) else "" for half in (one, other)]
    if sides[0] or sides[1]:
        first_is_longitude = sides[0] in LONGITUDE.sides if sides[0] else sides[1] in LATITUDE.sides
    lat, lon = (other, one) if first_is_longitude else (one, other)
    return degrees(lat, LATITUDE), degrees(lon, LONGITUDE)


def _halves(plain: str, text: str) -> tuple[str, str]:
    """Part a pair at the one separator that it has."""
    for separator in (";", "|", "/", ", ", ","):
        halves = plain.split(separator)
        if len(halves) == 2:
            return halves[0].strip(), halves[1].strip()
        if len(halves) > 2:
            break
    else:
        ends = [match.end() for match in _EVERY_SIDE.finditer(plain)]
        if len(ends) == 2 and ends[0] < len(plain) and ends[1] == len(plain):
            return plain[: ends[0]].strip(), plain[ends[0] :].strip()
        starts = [match.start() for match in _EVERY_SIDE.finditer(plain)]
        if len(starts) == 2 and starts[0] == 0:
            return plain[: starts[1]].strip(), plain[starts[1] :].strip()
        halves = plain.split()
        if len(halves) == 2:
            return halves[0], halves[1]
    raise ValueError(msg("{text!r} is no pair of latitude and longitude", text=text[:40]))
