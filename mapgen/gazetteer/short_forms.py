"""Short forms that stand for a place without being a name of it: "Calif.", "TX", "N.-B.", and peoples ("Ohioan").

They are kept beside the names, not among them: "ill", "ore", "miss" and "in" are words, so that only a look-up of the
very form finds them and recognition does not take the words for places.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from mapgen.model import MatchType

__all__ = ["Short", "peoples", "short_forms"]

_SHORTEST_BARE = 2
"""Letters that a form needs to be known without its full stop ("Ky")."""


class Short(NamedTuple):
    """What a short form stands for.

    Attributes:
        place: public id of the place ("iso:US-CA").
        type: exact for the form itself, folded where its full stop is missing.
    """

    place: str
    type: MatchType


def short_forms(name: str) -> tuple[Short, ...]:
    """Return the places that `name` is an abbreviation or a postal code of; () for nearly every name.

    Abbreviations with full stops are known in any case and spacing ("W. VA."); codes and forms without their stop
    ("TX", "Calif") only as they are written, and some forms only with it ("Ver." is Veracruz, "Ver" a village).
    """
    if "." in name:
        return _tables()[0].get(_dotted(name), ())
    return _tables()[1].get(name, ())


def peoples(name: str) -> tuple[str, ...]:
    """Return the ids of the places that a person called `name` comes from ("Texans", "Québécoises"); mostly ()."""
    known = _tables()[2]
    form = name.casefold()
    return known.get(form) or known.get(form.removesuffix("s"), ())


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, tuple[Short, ...]], dict[str, tuple[Short, ...]], dict[str, tuple[str, ...]]]:
    """Forms with stops, forms as they are written, peoples."""
    dotted: dict[str, list[Short]] = defaultdict(list)
    bare: dict[str, list[Short]] = defaultdict(list)
    demonyms: dict[str, list[str]] = defaultdict(list)
    text = files("mapgen.gazetteer").joinpath("sources", "short-forms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        form, place = row["form"], row["place"]
        if row["sort"] == "demonym":
            demonyms[form.casefold()].append(place)
        elif "." not in form:
            bare[form].append(Short(place, MatchType.EXACT))
        else:
            key = _dotted(form)
            dotted[key].append(Short(place, MatchType.EXACT))
            if key.count(".") > 1:
                dotted[key.removesuffix(".")].append(Short(place, MatchType.EXACT))
            elif row["sort"] != "dotted" and form.endswith(".") and len(form) > _SHORTEST_BARE:
                bare[form.removesuffix(".")].append(Short(place, MatchType.FOLDED))
    return (
        {key: tuple(dict.fromkeys(found)) for key, found in dotted.items()},
        {key: tuple(dict.fromkeys(found)) for key, found in bare.items()},
        {key: tuple(dict.fromkeys(found)) for key, found in demonyms.items()},
    )


def _dotted(form: str) -> str:
    return "".join(form.casefold().split())
