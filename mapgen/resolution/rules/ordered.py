"""The rules, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mapgen.model import Toponym
from mapgen.resolution.rules.alternatives import (
    keep_known_cities,
    prefer_main_names,
    take_contained_alternatives,
    take_fitting_alternatives,
)
from mapgen.resolution.rules.contradictions import doubt_contradicted_places, find_contradictions
from mapgen.resolution.rules.decisions import follow_rulings, note_marked_names
from mapgen.resolution.rules.draft import Draft, Setting
from mapgen.resolution.rules.estimates import estimate_places
from mapgen.resolution.rules.fitting_kinds import take_fitting_kinds
from mapgen.resolution.rules.inherited import estimate_inherited_points
from mapgen.resolution.rules.namesakes import decide_between_namesakes
from mapgen.resolution.rules.remote import doubt_lone_hamlets, replace_remote_places
from mapgen.resolution.rules.spellings import limit_near_spellings, reject_dissimilar_names
from mapgen.resolution.rules.unsupported import prefer_home_towns, prefer_seas

__all__ = ["RULES", "Rule", "apply_rules"]

Rule = Callable[[Draft], None]
"""Changes a draft in place: its resolutions, or what contradicts them."""

RULES: tuple[Rule, ...] = (
    follow_rulings,  # a person's decision on a place is final
    limit_near_spellings,  # a place one edit away from the name is never sure
    reject_dissimilar_names,  # a name like those of obscure or remote places stays unknown
    replace_remote_places,  # a little known place in a country that the text does not speak of is not meant
    doubt_lone_hamlets,  # a hamlet that nothing confirms is one of several of its name
    prefer_main_names,  # "near" a city a large city is meant rather than a place that once had its name
    prefer_home_towns,  # a town of the readers is meant rather than a namesake where the text says nothing of both
    prefer_seas,  # a sea is meant rather than a division of that name in a country that the text does not speak of
    take_fitting_kinds,  # a division or a town, as the words say, rather than its better known namesake
    decide_between_namesakes,  # the namesake, or none, that the places around the name make likeliest
    find_contradictions,  # marks places that the words around contradict, and fixes the anchors
    take_fitting_alternatives,  # an alternative that lies where a phrase says replaces a contradicted place
    take_contained_alternatives,  # likewise one that lies in the container that the text states
    keep_known_cities,  # a known city is more plausible than an unknown village "near" another
    estimate_places,  # what is still open gets an estimate from phrase, list or region
    doubt_contradicted_places,  # a contradicted place without a better one becomes doubtful
    estimate_inherited_points,  # a division without a point of its own is an estimate within the division above
    note_marked_names,  # the reasons of a name that a person has marked say so
)
"""All that overrules the ranker, in the order of application."""


def apply_rules(setting: Setting, toponyms: Sequence[Toponym], rules: Sequence[Rule] = RULES) -> tuple[Toponym, ...]:
    """Return the toponyms as the rules leave them, in the same order.

    Args:
        setting: what the rules know of the document.
        toponyms: in text order, each with the resolution of the ranker.
        rules: in the order of application.
    """
    draft = Draft(setting, toponyms)
    for rule in rules:
        rule(draft)
    return tuple(draft.toponyms)
