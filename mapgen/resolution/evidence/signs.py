"""Signs of the sort of a place beside its name: "en Isère", "l'Oise a débordé", "l'Ain (01)", "the Jordan".

A French town has no article of its own ("à Vienne", "de Vienne"); a department, a region, a country or a river has one
("dans la Vienne", "la Vienne est en crue"). English gives one to rivers, deserts and ranges ("the Jordan"). How strong
each sign is for each sort of place is learned; the words are those of the language files, table `[signs]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mapgen import languages
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, Toponym
from mapgen.resolution.arrays import Array, Integers
from mapgen.resolution.features import SCHEMA, Group, Sign, Sort, column_slice

__all__ = ["name_with_article", "name_with_cue", "sign_features", "signed_kind", "signs"]

REACH_LEFT, REACH_RIGHT = 60, 50
"""Code points that are read on each side: about six words."""

_SCALES = np.array([each.scale for each in SCHEMA[column_slice(Group.SIGN)]])
_CONTRACTED = {"the_of": Sign.OF_THE, "the_at": Sign.AT_THE}
_WITH_ARTICLE = {
    "of": Sign.OF_THE, "at": Sign.AT_THE, "on": Sign.ON_THE, "in": Sign.WITHIN, "within": Sign.WITHIN,
}  # fmt: skip
_BARE = {"at": Sign.AT, "of": Sign.OF, "in": Sign.IN, "within": Sign.WITHIN}
"""Signs by the table of the preposition: contracted with the article, before an article, without one."""
_ARTICLE_SIGNS = frozenset({Sign.THE, Sign.OF_THE, Sign.ON_THE, Sign.WITHIN})
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_NOT_BEHIND = re.compile(r"[.;:!?\n]|(?<=[\s'])[^\W\d_a-zà-ÿ]")

_NATURAL = frozenset({Kind.TERRAIN, Kind.WATER, Kind.FACILITY, Kind.AREA})
"""Kinds whose noun is often written apart from the name and is part of the gazetteer's."""
_LINK = re.compile(
    r"\s+(?:(?:de la|de l['’]|des|du|de|d['’]|of the|of|del|de los|de las|de el)\s*)?(?<=[\s'’])", re.IGNORECASE
)
_LONGEST_LINK = 9

# "Le Taquari et le Caí sont en décrue": a verb behind a list belongs to all its members.
_LIST_REST = re.compile(r"^(?:,? (?:et|and|,) (?:le |la |l'|the )[^\W\d_a-zà-ÿ][\w-]*)+")


def sign_features(sorts: Integers, signs_of: Sequence[Sequence[Sign]], starts: Integers) -> Array:
    """Return the features of the candidates of all mentions, a row per candidate, columns of `Group.SIGN`.

    Args:
        sorts: `Sort` of the candidates, in the order of the mentions.
        signs_of: the signs beside each mention.
        starts: the first candidate of each mention and, last, the number of candidates.
    """
    features = np.zeros((len(sorts), len(_SCALES)))
    bounds = starts.tolist()
    signed = [
        (row, sign)
        for number, beside in enumerate(signs_of)
        for sign in beside
        for row in range(*bounds[number : number + 2])
    ]
    if signed:
        rows, sign_numbers = np.array(signed, dtype=np.int64).T
        columns = sign_numbers * len(Sort) + sorts[rows]
        features[rows, columns] = _SCALES[columns]
    return features


def signs(text: str, toponym: Toponym, language: Language) -> tuple[Sign, ...]:
    """Return the signs beside one mention; () in languages whose file has no words for them."""
    words = language.signs
    if not words:
        return ()
    before = text[max(0, toponym.start - REACH_LEFT) : toponym.start].replace("’", "'").lower()
    behind = text[toponym.end : toponym.end + REACH_RIGHT].replace("’", "'")
    beside, rest = _left(_TOKEN.findall(before), language)
    # Rivers have an article: "la crue de Vienne" is that of another river in the town of Vienne.
    articled = not _ARTICLE_SIGNS.isdisjoint(beside)
    if (articled and not words["flow"].isdisjoint(rest)) or _flows(behind, language):
        beside.append(Sign.FLOW)
    if not words["ruled"].isdisjoint(rest):
        beside.append(Sign.RULED)
    if "code" in words and _codes(language.code).match(behind):
        beside.append(Sign.CODE)
    if Sign.OF_THE in beside and toponym.cue_kind in SETTLEMENTS:
        beside.append(Sign.MEMBER)
    return tuple(beside)


def signed_kind(beside: Sequence[Sign]) -> Kind | None:
    """Return the kind that the signs alone give to a name that no gazetteer has, or None."""
    if Sign.FLOW in beside:
        return Kind.WATER
    return Kind.DISTRICT if Sign.CODE in beside else None


def name_with_article(text: str, toponym: Toponym, language: Language) -> str:
    """Return the name with the article that the text contracts with the preposition before it, or "".

    "Au Mans" is at Le Mans, "des Mureaux" is of Les Mureaux, and "l'hôpital du Mans" is in the town.
    """
    before = text[max(0, toponym.start - 4) : toponym.start].split(" ")
    article = language.contractions.get(before[-2].lower()) if len(before) > 1 and not before[-1] else None
    return f"{article} {toponym.text}" if article and toponym.cue_kind in (None, Kind.FACILITY, *SETTLEMENTS) else ""


def name_with_cue(text: str, toponym: Toponym) -> str:
    """Return a name with the noun of relief, water or a park in front of it, as the text has them, or "".

    "le parc national de la Salonga": the gazetteer has the park, and nothing called Salonga.
    """
    if toponym.cue_kind not in _NATURAL or not toponym.cue:
        return ""
    before = text[max(0, toponym.start - len(toponym.cue) - _LONGEST_LINK) : toponym.start]
    at = before.casefold().rfind(toponym.cue.casefold())
    return f"{before[at:]}{toponym.text}" if at >= 0 and _LINK.fullmatch(before, at + len(toponym.cue)) else ""


def _left(tokens: list[str], language: Language) -> tuple[list[Sign], list[str]]:
    """The sign of preposition and article before the name, and the words that these depend on, the nearest last."""
    words, at = language.signs, len(tokens) - 1
    if at < 0:
        return [], []
    article, preposition = tokens[at] in language.definite, ""
    if article:
        at -= 1
    if at >= 0:
        for table in ("the_of", "the_at", "of", "at", "in", "within", "on"):
            if tokens[at] in words.get(table, ()):
                preposition, at = table, at - 1
                break
    rest = tokens[max(0, at - (3 if preposition in ("of", "the_of") else 1)) : at + 1]
    cut = max((number + 1 for number, word in enumerate(rest) if not word[0].isalnum()), default=0)
    # "la crue à Vienne" is not the flood of a river Vienne.
    rest = [] if preposition in ("at", "in", "the_at") else rest[cut:]
    if preposition in _CONTRACTED:
        return [_CONTRACTED[preposition]], rest
    if article:
        return [_WITH_ARTICLE.get(preposition, Sign.THE)], rest
    if "at" not in words:
        return [], rest  # a language in which only the article is a sign
    return ([_BARE[preposition]] if preposition in _BARE else []), rest


def _flows(behind: str, language: Language) -> bool:
    """Whether the words behind the name, up to the next name or the end of the sentence, are about water."""
    behind = _LIST_REST.sub("", behind)
    end = _NOT_BEHIND.search(behind)
    return _verbs(language.code).search(behind[: end.start()] if end else behind) is not None


@lru_cache(maxsize=16)
def _verbs(code: str) -> re.Pattern[str]:
    phrases = sorted(languages.load(code).signs["flows"], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<![\w'])(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")


@lru_cache(maxsize=16)
def _codes(code: str) -> re.Pattern[str]:
    return re.compile(r"\s*\((?:" + "|".join(sorted(languages.load(code).signs["code"])) + r")\)")
