"""What country packs are asked for by: codes, names of countries in any language, groups of countries, the world."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mapgen.errors import PackError
from mapgen.gazetteer.dumps import SEAS
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.sources.countries import load_countries
from mapgen.gazetteer.world import WORLD
from mapgen.messages import msg

__all__ = ["CountryGroup", "completions", "country_groups", "packs_named"]

_M49 = "un m49 "
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ar", "ru")
"""Languages in which the groups of the United Nations are known by CLDR's names."""


class CountryGroup(NamedTuple):
    """A group of countries.

    Attributes:
        names: the first is shown.
        countries: ISO 3166-1 alpha-2 codes.
        source: who groups them so.
    """

    names: tuple[str, ...]
    countries: tuple[str, ...]
    source: str


@cache
def country_groups() -> tuple[CountryGroup, ...]:
    """Return the groups of `sources/country-groups.toml`: the sub-regions of UN M49, and a few others."""
    from babel import localedata

    text = files("mapgen.gazetteer").joinpath("sources", "country-groups.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    names: Mapping[str, Mapping[str, str]] = {
        language: localedata.load(language)["territories"] for language in _LANGUAGES
    }
    groups = [
        CountryGroup(
            tuple(dict.fromkeys([*(str(names[language][row["code"]]) for language in _LANGUAGES), *row["names"]])),
            tuple(row["countries"].split()),
            f"UN M49 {row['code']}",
        )
        for row in content["m49"]
    ]
    groups += [
        CountryGroup(tuple(row["names"]), tuple(row["countries"].split()), row["source"]) for row in content["group"]
    ]
    return tuple(groups)


def packs_named(words: Sequence[str], country_named: Callable[[str], str]) -> tuple[str, ...]:
    """Return the packs that words ask for: country codes, each once, and `WORLD`.

    Args:
        words: codes ("ML"), names of countries ("Mali", "RDC"), groups ("Sahel", "UN M49 West Africa"), "world".
        country_named: returns the code of the country with a name, or "". It is called for what is neither a code nor
            a group.

    Raises:
        PackError: a word is none of these.
    """
    packs: dict[str, None] = {}
    for word in words:
        packs.update(dict.fromkeys(_packs_of(word.strip(), country_named)))
    return tuple(packs)


def _packs_of(word: str, country_named: Callable[[str], str]) -> Sequence[str]:
    if len(word) == 2 and word.isascii() and word.isalpha():
        return (word.upper(),)
    key = fold(word)
    if key == WORLD:
        return (WORLD,)
    groups = _groups_by_name()
    if (countries := groups.get(key.removeprefix(_M49))) is not None:
        return countries
    if code := country_named(word):
        return (code,)
    known = [*groups, *(fold(str(country["name"])) for country in load_countries().values())]
    alike = difflib.get_close_matches(key, known, n=1)
    hint = msg("; is it {alike!r}?", alike=alike[0]) if alike else ""
    raise PackError(
        msg(
            "{word!r} is no country (SY, Syria), no group of countries (Sahel, West Africa) nor world{hint}",
            word=word,
            hint=hint,
        )
    )


@cache
def _groups_by_name() -> dict[str, tuple[str, ...]]:
    return {fold(name): group.countries for group in reversed(country_groups()) for name in group.names}


def completions(incomplete: str) -> list[tuple[str, str]]:
    """Return the words that complete what has been typed, each with what it stands for; for a shell."""
    known = [(code, str(country["name"])) for code, country in load_countries().items()]
    known += [(SEAS, msg("the seas")), (WORLD, msg("all countries"))]
    known += [(group.names[0], " ".join(group.countries)) for group in country_groups()]
    key = fold(incomplete)
    return [(word, meaning) for word, meaning in known if fold(word).startswith(key) or fold(meaning).startswith(key)]
