"""What stands before and behind a name and tells its kind: "en Isère", "l'Oise a débordé", "l'Ain (01)", "the Jordan".

A French town has no article of its own ("à Vienne", "de Vienne"); a department, a region, a country or a river has one
("dans la Vienne", "la Vienne est en crue"). English gives one to rivers, deserts and ranges ("the Jordan"). How far
each sign speaks for each sort of place is learned; the words are those of the language files, table `[standing]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mapgen import languages
from mapgen.gazetteer import Match
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, Toponym

__all__ = ["STANDING", "signed_kind", "signs", "sorts_of", "standing", "whole_name"]

SORTS = ("settlement", "articled", "division", "country", "water", "terrain", "area", "site")
"""Sorts of places that languages treat alike; "articled" are towns whose own name has an article ("Le Havre")."""

SIGNS = ("at", "of", "in", "within", "on_the", "at_the", "of_the", "the", "flow", "ruled", "code", "member")
"""Preposition and article before the name; then: water words around it, offices of a division before it, the number
of a department behind it, a settlement named as a part of it ("une commune de l'Oise")."""

STANDING = tuple(f"{sign}_{sort}" for sign in SIGNS for sort in SORTS)
"""Features of a candidate, by what stands around a mention of its name."""

WEIGHT = 4.0
"""Value of a sign: there are many and each is rare, so each is held back less by the penalty of training."""

REACH_LEFT, REACH_RIGHT = 60, 50
"""Code points that are read on each side: six words or so."""

_SORT = {
    Kind.CITY: 0, Kind.VILLAGE: 0, Kind.REGION: 2, Kind.DISTRICT: 2, Kind.COUNTRY: 3, Kind.WATER: 4, Kind.TERRAIN: 5,
    Kind.AREA: 6, Kind.CONTINENT: 6, Kind.QUARTER: 7, Kind.FACILITY: 7, Kind.ROAD: 7,
}  # fmt: skip
_NUMBER = {sign: number for number, sign in enumerate(SIGNS)}
_ARTICLED = SORTS.index("articled")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_NOT_BEHIND = re.compile(r"[.;:!?\n]|(?<=[\s'])[^\W\d_a-zà-ÿ]")

# "Le Taquari et le Caí sont en décrue": what is said of the next member of a list is said of this one.
_FELLOWS = re.compile(r"^(?:,? (?:et|and|,) (?:le |la |l'|the )[^\W\d_a-zà-ÿ][\w-]*)+")

Array = NDArray[np.float64]
Rows = NDArray[np.int64]


def sorts_of(matches: Sequence[Match], language: Language) -> Rows:
    """Return the number of the sort of each candidate, as in `SORTS`."""
    articles = tuple(word if word.endswith("'") else word + " " for word in language.definite)
    found = np.zeros(len(matches), dtype=np.int64)
    for row, match in enumerate(matches):
        sort = _SORT[match.place.kind]
        if sort == 0 and articles:
            names = (match.place.name, match.place.label(language.code), match.name)
            if any(name.casefold().replace("’", "'").startswith(articles) for name in names):
                sort = _ARTICLED
        found[row] = sort
    return found


def standing(sorts: Rows, found: Sequence[Sequence[int]], starts: Rows) -> Array:
    """Return the features of the candidates of all mentions, a row a candidate, columns as in `STANDING`.

    Args:
        sorts: of the candidates, those of a mention one below the other.
        found: the signs of each mention.
        starts: where the candidates of each mention begin, and, last, where they end.
    """
    features = np.zeros((len(sorts), len(STANDING)))
    bounds = starts.tolist()
    signed = [
        (row, sign) for number, said in enumerate(found) for sign in said for row in range(*bounds[number : number + 2])
    ]
    if signed:
        rows, columns = np.array(signed, dtype=np.int64).T
        features[rows, columns * len(SORTS) + sorts[rows]] = WEIGHT
    return features


def signs(text: str, toponym: Toponym, language: Language) -> tuple[int, ...]:
    """Return the numbers of the signs around one mention, as in `SIGNS`; () in languages whose file tells of none."""
    words = language.signs
    if not words:
        return ()
    before = text[max(0, toponym.start - REACH_LEFT) : toponym.start].replace("’", "'").lower()
    behind = text[toponym.end : toponym.end + REACH_RIGHT].replace("’", "'")
    found, rest = _left(_TOKEN.findall(before), language)
    # Rivers have an article: "la crue de Vienne" is that of another one in the town of Vienne.
    articled = any(sign in found for sign in ("the", "of_the", "on_the", "within"))
    if (articled and not words["flow"].isdisjoint(rest)) or _flows(behind, language):
        found.append("flow")
    if not words["ruled"].isdisjoint(rest):
        found.append("ruled")
    if "code" in words and _codes(language.code).match(behind):
        found.append("code")
    if "of_the" in found and toponym.cue_kind in SETTLEMENTS:
        found.append("member")
    return tuple(_NUMBER[sign] for sign in found)


def signed_kind(found: Sequence[int]) -> Kind | None:
    """Return the kind that the signs alone give a name that nobody knows, or None."""
    if _NUMBER["flow"] in found:
        return Kind.WATER
    return Kind.DISTRICT if _NUMBER["code"] in found else None


def whole_name(text: str, toponym: Toponym, language: Language) -> str:
    """Return the name with the article that has melted into the preposition before it, or "".

    "Au Mans" is at Le Mans, "des Mureaux" is of Les Mureaux.
    """
    articles = _melted(language.code) if "melted" in language.signs else None
    before = text[max(0, toponym.start - 4) : toponym.start].split(" ")
    article = articles.get(before[-2].lower()) if articles and len(before) > 1 and not before[-1] else None
    return f"{article} {toponym.text}" if article and toponym.cue_kind in (None, *SETTLEMENTS) else ""


def _left(tokens: list[str], language: Language) -> tuple[list[str], list[str]]:
    """The sign of preposition and article before the name, and the words that these hang on, the nearest last."""
    words, at = language.signs, len(tokens) - 1
    if at < 0:
        return [], []
    article, sign = tokens[at] in language.definite, ""
    if article:
        at -= 1
    if at >= 0:
        for name in ("the_of", "the_at", "of", "at", "in", "within", "on"):
            if tokens[at] in words.get(name, ()):
                sign, at = name, at - 1
                break
    rest = tokens[max(0, at - (3 if sign in ("of", "the_of") else 1)) : at + 1]
    cut = max((number + 1 for number, word in enumerate(rest) if not word[0].isalnum()), default=0)
    rest = [] if sign in ("at", "in", "the_at") else rest[cut:]  # "la crue à Vienne" is no crue of Vienne
    if sign.startswith("the_"):
        return [f"{sign[4:]}_the"], rest
    if article:
        known = {"of": "of_the", "at": "at_the", "on": "on_the", "in": "within", "within": "within"}
        return [known.get(sign, "the")], rest
    if "at" not in words:
        return [], rest  # a language in which only the article tells
    return ([sign] if sign in ("at", "of", "in") else ["within"] if sign == "within" else []), rest


def _flows(behind: str, language: Language) -> bool:
    """Tell whether the words behind the name, up to the next name or the end of the sentence, speak of water."""
    behind = _FELLOWS.sub("", behind)
    end = _NOT_BEHIND.search(behind)
    return _verbs(language.code).search(behind[: end.start()] if end else behind) is not None


@lru_cache(maxsize=16)
def _verbs(code: str) -> re.Pattern[str]:
    phrases = sorted(languages.load(code).signs["flows"], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<![\w'])(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")


@lru_cache(maxsize=16)
def _melted(code: str) -> dict[str, str]:
    """The article that each preposition of a language has swallowed."""
    return dict(pair.split(" ") for pair in languages.load(code).signs["melted"])


@lru_cache(maxsize=16)
def _codes(code: str) -> re.Pattern[str]:
    return re.compile(r"\s*\((?:" + "|".join(sorted(languages.load(code).signs["code"])) + r")\)")
