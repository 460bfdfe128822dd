"""Says in one sentence what a map shows: caption, alternative text and description."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from mapgen.footprints.ground_names import country_frames
from mapgen.geodesy import unwrap
from mapgen.kinds import VAST
from mapgen.model import Kind, ParsedDocument, Place, Sense, Toponym
from mapgen.rendering.page_texts import counted, page_texts

__all__ = ["sentence"]

_DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")

_NAMED = 3  # places with most mentions that are named
_MAIN = 0.6  # a country with this share of the mentions is what the map is about
_CERTAIN = 0.75  # fewer expected errors are not told
_TOGETHER = 0.8  # of the mentions in one division, or in a part of the country that a direction names
_LEAST_COUNTRY = 2.0  # degrees: a smaller country has no parts
_SIDE = 0.1  # of the country, from its middle on: what lies beyond it is on a side
_WIDEST = 0.6  # of the country: places over more of it are on no side


def sentence(parsed: ParsedDocument, language: str) -> str:
    """Return what the map of a document shows: where, how many places, the most named ones, and how sure it is.

    Args:
        parsed: the document.
        language: of the reader, one that the page has texts in.
    """
    words = page_texts(language)
    places = parsed.places
    if not places:
        return words["no_placed" if parsed.toponyms else "no_places"]
    parts = [counted(len(places), "place", language)]
    where = _where(places, language)
    most = sorted(places, key=lambda pair: -_literal(pair[1]))
    # A country names the whole map already, and a name that stands for a government is not where things happen.
    smaller = [place.label(language) for place, toponyms in most if place.kind not in VAST and _literal(toponyms)]
    names = list(dict.fromkeys(smaller or [place.label(language) for place, _ in most]))[:_NAMED]
    if len(places) > 1:
        parts.append(words["sentence_most"].format(names=_joined(names, words["and"])))
    line = (f"{where}{words['sentence_colon']}" if where else "") + ", ".join(parts)
    wrong = sum(1.0 - _probability(toponyms) for _, toponyms in places)
    if wrong >= _CERTAIN:
        key = "sentence_wrong_one" if round(wrong) <= 1 else "sentence_wrong_many"
        line += words[key].format(n=round(wrong))
    return line[:1].upper() + line[1:] + "."


def _where(places: tuple[tuple[Place, tuple[Toponym, ...]], ...], language: str) -> str:
    """The country of most mentions, or two that have most of them together; "" where there are more."""
    counts: Counter[str] = Counter()
    for place, toponyms in places:
        counts[place.country] += _literal(toponyms)
    del counts[""]
    total = sum(counts.values())
    chosen: list[str] = []
    for code, _ in counts.most_common(2):
        chosen.append(_country(code, language))
        if 0 < _MAIN * total <= sum(count for _, count in counts.most_common(len(chosen))):
            if len(chosen) == 1:
                return _part(code, chosen[0], places, language)
            return _joined(chosen, page_texts(language)["and"])
    return ""


def _part(code: str, country: str, places: tuple[tuple[Place, tuple[Toponym, ...]], ...], language: str) -> str:
    """A country, with the division or the direction in which most of its mentions lie where there is one."""
    words = page_texts(language)
    own = [
        (place, _literal(toponyms)) for place, toponyms in places if place.country == code and place.kind not in VAST
    ]
    total = sum(count for _, count in own)
    divisions: Counter[str] = Counter()
    for place, count in own:
        division = place if place.kind is Kind.REGION else next(iter(place.admin), None)
        divisions[division.label(language) if division else ""] += count
    name, most = max(divisions.items(), key=lambda item: item[1], default=("", 0))
    if total and name and name != country and most >= _TOGETHER * total:
        return words["sentence_division"].format(division=name, country=country)
    direction = _direction(code, own)
    if not direction:
        return country
    names = dict(zip(_DIRECTIONS, words["directions"].split(","), strict=True))
    return words["sentence_direction"].format(direction=names[direction], country=country)


def _direction(code: str, own: list[tuple[Place, int]]) -> str:
    """The side of a country where most mentions lie ("north-west"), "" where they lie all over it or in its middle."""
    frame = country_frames().get(code)
    if frame is None or not own or max(frame[2] - frame[0], frame[3] - frame[1]) < _LEAST_COUNTRY:
        return ""
    south, west, north, east = frame
    sides = (
        ("south", "north", [((place.lat - south) / (north - south), count) for place, count in own]),
        ("west", "east", [((unwrap(place.lon, west) - west) / (east - west), count) for place, count in own]),
    )
    return "-".join(filter(None, (_side(*side) for side in sides)))


def _side(low: str, high: str, shares: list[tuple[float, int]]) -> str:
    """The name of the side where most lie; "" where they are spread or in the middle."""
    spread = sorted(share for share, count in shares for _ in range(count))
    if not spread:
        return ""
    cut = round((1.0 - _TOGETHER) / 2 * len(spread))
    kept = spread[cut : len(spread) - cut]
    middle = sum(kept) / len(kept) - 0.5
    if kept[-1] - kept[0] > _WIDEST or abs(middle) < _SIDE:
        return ""
    return high if middle > 0 else low


def _literal(toponyms: tuple[Toponym, ...]) -> int:
    return sum(toponym.sense is Sense.LITERAL for toponym in toponyms)


def _probability(toponyms: tuple[Toponym, ...]) -> float:
    return max((toponym.resolution.probability for toponym in toponyms if toponym.resolution), default=0.0)


def _joined(names: list[str], conjunction: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


@lru_cache(maxsize=64)
def _country(code: str, language: str) -> str:
    if own := page_texts(language).get(f"country_{code}"):
        return own
    try:
        return str(Locale.parse(language).territories.get(code, code))
    except (UnknownLocaleError, ValueError):
        return code
