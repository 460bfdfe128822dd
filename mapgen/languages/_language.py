"""The `Language` type and its loader: one TOML file a language, with additions beside it.

`load("fr")` reads `fr.toml` and every `fr.*.toml` next to it (`fr.page.toml`: the words of the page), merged table by
table.

Lists of words are strings separated by commas or line ends, so that a file reads like a vocabulary book. Where a word
has more forms they are written `singular/plural`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from mapgen.errors import MapgenError
from mapgen.model import Kind, RelationType

__all__ = ["KindWords", "Language", "RelationPattern", "available", "given_names", "load"]

_SPLIT = re.compile(r"\s*[,\n]\s*")
_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words for a kind of place.

    Attributes:
        singular: "ville".
        plural: "villes".
        gender: "f", "m", "n" or "" where the language has none.
        definite: with the definite article: "la ville".
        of: after "of": "de la ville".
    """

    singular: str
    plural: str
    gender: str = ""
    definite: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationPattern:
    """One way in which the language puts something in relation to a place.

    Attributes:
        type: the relation.
        pattern: words with slots in braces; see `mapgen.recognition.relations` for the slots.
        direction: a fixed direction that the words imply, or "".
        distance_km: a fixed distance that the words imply ("à l'entrée de": 0), or None.
        approximate: whether the words say that the distance is rough.
    """

    type: RelationType
    pattern: str
    direction: str = ""
    distance_km: float | None = None
    approximate: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """What the program knows of one language. All words are in lower case unless the language writes them otherwise.

    Attributes:
        code: ISO 639-1.
        name: the language's name in itself.
        countries: ISO 3166-1 codes of the countries whose small places its readers know.
        known: False for the neutral language that stands in for one without a file.
        cues: what a noun before a name says of it: "province" -> region; all forms.
        plural_cues: those of `cues` that spread over a list ("les provinces de Damas, d'Alep").
        after_cues: the nouns that say in apposition what a name is (", une ville clé", ", a town").
        generics: nouns that begin, or in some languages end, a name and belong to it ("mer Noire", "Lake Victoria").
        generic_kinds: kind of each word in `generics`.
        behind_cues: the nouns that stand right behind a name ("Anbar province").
        relational: cues that, linked to a name, are about something else ("capitale de la Syrie" is no cue of Syrie).
        prefixes: letters that are written together with the name ("و" in Arabic).
        part_nouns: nouns for parts and surroundings of places ("périphérie", "outskirts").
        definite: definite articles alone.
        contracted: articles that hold a preposition ("du", "aux").
        of_forms: "of" with and without article ("de la", "du", "d'").
        direction_adjectives: compass words that stand right before a name ("northern").
        between: words for a bare "between".
        between_others: words that make "between X and Y" speak of no land ("accord", "match").
        rough_numbers: number words that are rough by themselves ("une dizaine de").
        decimal: the decimal sign of the language.
        name_tails: lower-case words that may end a name ("Asie centrale", "Amérique latine").
        name_heads: lower-case words other than generics that may begin a name.
        articles: articles and their contractions with prepositions.
        links: words inside names ("Sables-d'Olonne", "Bay of Bengal").
        of_words: words that link a cue to its name ("de", "du", "d'", "of").
        and_words: words that join the members of a list.
        place_prepositions: prepositions that nearly always stand before places.
        weak_prepositions: prepositions that stand before places and much else.
        motion: verbs and nouns that lead to a place by a preposition ("arriver", "quitter", "né").
        located: words that put a name somewhere by the phrase behind them ("situé", "lies").
        directions: phrase -> N NE E SE S SW W NW C.
        numbers: number word -> value.
        rough: words that make a number rough ("environ", "about").
        units: unit of length -> kilometres.
        relations: spatial phrases.
        demonyms: adjective or noun -> ISO 3166-1 alpha-2.
        titles: words before the name of a person.
        person_nouns: nouns and functions before or after the name of a person ("ministre", "footballeur").
        organisation_heads: nouns that make a name after them an organisation's.
        organisation_tails: nouns that make a name before them an organisation's ("Council", "FC").
        power_nouns: nouns that make the place after "of" its government ("gouvernement", "régime").
        reporting: verbs (forms) of saying and acting whose subject is a government or a person.
        reporting_prepositions: "selon", "according to".
        partner_words: words before a place that make it an actor ("avec", "allié", "against").
        stop: frequent function words.
        not_places: common words and names that are no places although lists of places hold them.
        months: names of months.
        days: names of weekdays.
        abbreviations: abbreviations whose full stop ends no sentence, without the stop, in lower case.
        place_abbreviations: names of regions that are written short with a full stop ("Calif"), without it.
        seats: names by which governments and powers go, after where they sit ("Kremlin", "Matignon"), in small letters.
        kinds: words for each kind.
        page: words of the page.
        reasons: templates of reasons.
        standing: words around a name that tell its kind, by sign ("flow": "crue", "berges"); see
            `mapgen.resolution.evidence.signs`.
        spellings: forms that stand for another word ("A" for "à" where capitals have no accents).
        topics: word -> the subject that it speaks of ("match" -> sport): teams are named after their towns.
        families: word -> the sort of thing that it names, shared by all languages ("ferme", "farm" -> building): it
            tells what a name beside it is likely to be.
        spaced: whether words are separated by spaces.
        cased: whether names begin with capitals.
        nouns_cased: whether all nouns do (German).
        peoples_cased: whether adjectives of peoples do ("Turkish").
        speaking: verbs behind which a demonym is a language ("speak").
        in_language: prepositions behind which one is, with no noun to follow ("in English").
    """

    code: str
    name: str
    countries: frozenset[str] = frozenset()
    known: bool = True
    cues: Mapping[str, Kind] = field(default_factory=dict)
    plural_cues: frozenset[str] = frozenset()
    after_cues: Mapping[str, Kind] = field(default_factory=dict)
    generics: frozenset[str] = frozenset()
    generic_kinds: Mapping[str, Kind] = field(default_factory=dict)
    behind_cues: Mapping[str, Kind] = field(default_factory=dict)
    relational: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    part_nouns: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    contracted: frozenset[str] = frozenset()
    of_forms: frozenset[str] = frozenset()
    direction_adjectives: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    between_others: frozenset[str] = frozenset()
    rough_numbers: frozenset[str] = frozenset()
    decimal: str = "."
    name_tails: frozenset[str] = frozenset()
    name_heads: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    of_words: frozenset[str] = frozenset()
    and_words: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    weak_prepositions: frozenset[str] = frozenset()
    motion: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    directions: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    rough: frozenset[str] = frozenset()
    units: Mapping[str, float] = field(default_factory=dict)
    relations: tuple[RelationPattern, ...] = ()
    demonyms: Mapping[str, str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    person_nouns: frozenset[str] = frozenset()
    organisation_heads: frozenset[str] = frozenset()
    organisation_tails: frozenset[str] = frozenset()
    power_nouns: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    reporting_prepositions: frozenset[str] = frozenset()
    partner_words: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    not_places: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    place_abbreviations: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    kinds: Mapping[Kind, KindWords] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    spaced: bool = True
    cased: bool = True
    nouns_cased: bool = False
    peoples_cased: bool = False
    speaking: frozenset[str] = frozenset()
    in_language: frozenset[str] = frozenset()

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the page; the same as `page`."""
        return self.page

    @cached_property
    def cue_words(self) -> int:
        """How many words the longest cue has."""
        return max((cue.count(" ") + 1 for cue in self.cues), default=0)


def available() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, sorted."""
    names = (item.name for item in resources.files(__package__).iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and _CODE.fullmatch(name[:-5])))


@lru_cache(maxsize=32)
def load(code: str) -> Language:
    """Return what is known of a language.

    Args:
        code: ISO 639-1; case and a region ("fr-CA") do not matter.

    Returns:
        The language, or a neutral one without words (`known` is False) where there is no file.

    Raises:
        MapgenError: a language file is malformed.
    """
    short = code.lower().replace("_", "-").split("-")[0]
    if not _CODE.fullmatch(short) or short not in available():
        return Language(code=short, name=short, known=False)
    data: dict[str, Any] = {}
    files = (item for item in resources.files(__package__).iterdir() if item.name.startswith(short + "."))
    for item in sorted((item for item in files if item.name.endswith(".toml")), key=lambda item: item.name):
        try:
            part = tomllib.loads(item.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MapgenError(f"the language file is malformed: {error}", path=item.name) from error
        for key, value in part.items():
            data[key] = {**data[key], **value} if isinstance(value, dict) and key in data else value
    try:
        return _language(data)
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise MapgenError(f"the language file is malformed: {error!r}", path=f"{short}.toml") from error


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return common first names of the world in lower case: a hint that what follows is the name of a person."""
    return frozenset(
        (resources.files(__package__) / "given-names.txt").read_text(encoding="utf-8").split("\n", 1)[1].split()
    )


def _split(text: str) -> list[str]:
    """Split a list of words at commas and line ends."""
    return [word for word in _SPLIT.split(text.strip()) if word]


def _numbers(table: Mapping[str, float]) -> dict[str, float]:
    return {word: float(value) for words, value in table.items() for word in _split(words)}


def _cues(table: Mapping[str, str]) -> tuple[dict[str, Kind], frozenset[str]]:
    """Read `kind = "singular/plural, …"`; a form equal to its singular does not spread."""
    cues: dict[str, Kind] = {}
    plurals: set[str] = set()
    for kind, words in table.items():
        for entry in _split(words):
            forms = entry.split("/")
            cues.update((form, Kind(kind)) for form in forms)
            plurals.update(form for form in forms[1:] if form != forms[0])
    return cues, frozenset(plurals)


def _forms(words: Iterable[str], *, plural: str) -> list[str]:
    """Return each word with its regular plural (`plural` is the suffix, "" for none)."""
    out: list[str] = []
    for word in words:
        out.append(word)
        if plural and not word.endswith(("s", "x", "z")):
            out.append(word + plural)
    return out


def _demonyms(table: Mapping[str, str], *, plural: str) -> dict[str, str]:
    demonyms: dict[str, str] = {}
    for country, words in table.items():
        for form in _forms(_split(words), plural=plural):
            demonyms.setdefault(form, country)
    return demonyms


def _relations(tables: Iterable[Mapping[str, Any]]) -> tuple[RelationPattern, ...]:
    """Read the `[[relations]]` tables: each holds patterns that share type and options."""
    return tuple(
        RelationPattern(
            type=RelationType(table["type"]),
            pattern=pattern,
            direction=table.get("direction", ""),
            distance_km=table.get("distance_km"),
            approximate=table.get("approximate", False),
        )
        for table in tables
        for pattern in table["patterns"]
    )


def _language(data: Mapping[str, Any]) -> Language:
    """Build the frozen type from the merged tables of a language's files."""
    words: dict[str, Any] = {key: frozenset(_split(value)) for key, value in data.get("words", {}).items()}
    cues, plurals = _cues(data.get("cues", {}))
    generic_kinds, _ = _cues(data.get("generics", {}))
    after, _ = _cues(data.get("after_cues", {}))
    plural = data.get("plural", "")
    return Language(
        code=data["code"],
        name=data["name"],
        cues=cues,
        plural_cues=plurals,
        after_cues=after,
        behind_cues=_cues(data.get("behind_cues", {}))[0],
        decimal=data.get("decimal", "."),
        generics=frozenset(generic_kinds),
        generic_kinds=generic_kinds,
        directions={word: code for code, text in data.get("directions", {}).items() for word in _split(text)},
        numbers=_numbers(data.get("numbers", {})),
        units=_numbers(data.get("units", {})),
        relations=_relations(data.get("relations", ())),
        demonyms=_demonyms(data.get("demonyms", {}), plural=plural),
        kinds={Kind(kind): KindWords(**forms) for kind, forms in data.get("kinds", {}).items()},
        page=dict(data.get("page", {})),
        reasons=dict(data.get("reasons", {})),
        standing={sign: frozenset(_split(text)) for sign, text in data.get("standing", {}).items()},
        spellings=dict(data.get("spellings", {})),
        families={word: name for name, text in data.get("families", {}).items() for word in _split(text)},
        topics={word: topic for topic, text in data.get("topics", {}).items() for word in _split(text)},
        spaced=data.get("spaced", True),
        cased=data.get("cased", True),
        nouns_cased=data.get("nouns_cased", False),
        peoples_cased=data.get("peoples_cased", False),
        **words,
    )
