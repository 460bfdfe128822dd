"""Names that are only spelled like the place that ranks first."""

from __future__ import annotations

from mapgen.kinds import SETTLEMENTS
from mapgen.model import Kind, MatchType, Origin, Resolution
from mapgen.resolution.candidates import NEAR_NAMES
from mapgen.resolution.rules.draft import Draft, Spelling, alternatives_with_top, with_probability
from mapgen.resolution.rules.reasons import unknown_reason

__all__ = ["limit_near_spellings", "reject_dissimilar_names"]

NEAR_PROBABILITY = 0.55
"""Highest probability of a place one edit away from the name: the share of right ones at `NEAR_NAMES`."""

REMOTE_PROBABILITY = 0.8
"""Least probability of a transliterated name in a country that nothing else in the text lies in.

Of the places below it 1 of 13 was right over TR-News, NewsEye and LGL."""

LEAST_MISPRINT = 6
"""Letters of a country that a misprint is taken for without support; a shorter name is one edit from many others."""


def limit_near_spellings(draft: Draft) -> None:
    """Give a place that is only spelled like the name at most `NEAR_PROBABILITY`, and a hamlet that sounds like it."""
    for position, toponym in enumerate(draft.toponyms):
        resolution = toponym.resolution
        if (
            resolution is not None
            and (resolution.match is MatchType.NEAR or _is_hamlet_by_sound(resolution))
            and resolution.probability > NEAR_PROBABILITY
            and position not in draft.setting.rulings
        ):
            draft.set_resolution(position, with_probability(resolution, NEAR_PROBABILITY))


def _is_hamlet_by_sound(resolution: Resolution) -> bool:
    """Whether the place is a settlement without known inhabitants of which only the transliteration is the name's.

    A country pack has every hamlet, so that any two syllables sound like several.
    """
    place = resolution.place
    return (
        resolution.match is MatchType.TRANSLITERATED
        and place is not None
        and place.kind in SETTLEMENTS
        and not place.population
        and place.origin is not Origin.OWN
    )


def reject_dissimilar_names(draft: Draft) -> None:
    """Leave a name without a place where the places are only spelled like it and nothing else supports the top one."""
    for position, spelling in draft.setting.spellings.items():
        toponym = draft.toponyms[position]
        resolution = toponym.resolution
        if resolution is None or resolution.place is None or position in draft.setting.rulings:
            continue
        if not (_is_obscure(resolution) or _is_remote(resolution, spelling)):
            continue
        reader = draft.setting.reader
        reasons = (unknown_reason(toponym, reader), reader.reasons["spelled_near"].format(name=spelling.name))
        alternatives = alternatives_with_top(toponym, 1.0, name=spelling.name)
        draft.set_resolution(
            position, Resolution(place=None, probability=0.0, alternatives=alternatives, reasons=reasons)
        )


def _is_obscure(resolution: Resolution) -> bool:
    """Whether all candidates are one edit away from the name and have few names."""
    candidates = ((resolution.place, resolution.match), *((each.place, each.match) for each in resolution.alternatives))
    return all(match is MatchType.NEAR and place and place.name_count < NEAR_NAMES for place, match in candidates)


def _is_remote(resolution: Resolution, spelling: Spelling) -> bool:
    """Whether the top candidate is a place only spelled like the name in a country that nothing else lies in."""
    similar = resolution.match is MatchType.NEAR or resolution.probability < REMOTE_PROBABILITY
    is_country = resolution.place is not None and resolution.place.kind is Kind.COUNTRY
    is_misprint = is_country and (resolution.match is not MatchType.NEAR or len(spelling.name) >= LEAST_MISPRINT)
    return similar and not is_misprint and not spelling.is_supported
