"""The schema of a language file: every table and key, with its type. Anything else in such a file is an error.

Lists of words are strings with one word a line, in the order of their code points. `singular/plural` gives two forms of
a noun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from mapgen.model import Kind, RelationType

__all__ = ["KindWords", "LanguageFile", "RelationTable", "Words", "WordsByKind"]

CountryCode = Annotated[str, r"[A-Z]{2}"]
"""ISO 3166-1 alpha-2."""
Direction = Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW", "C"]
"""Compass points; C is the centre."""
Family = Literal[
    "brand", "building", "conquest", "inhabitant", "kinship", "maker", "relief", "route", "vessel", "waterway"
]
"""Classes of nouns that all languages share; the classifier has weights for them by these names."""
Topic = Literal["law", "nature", "screen", "sport", "state", "trade", "war"]
"""Subjects of a passage that all languages share; the classifier has weights for them by these names."""
Sign = Literal["at", "code", "flow", "flows", "in", "melted", "of", "on", "ruled", "the_at", "the_of", "within"]
"""Sets of words beside a name that show its kind; see `mapgen.resolution.evidence.signs`."""
Rank = Literal[
    "atoll", "autonomous_region", "canton", "city", "county", "department", "district", "division", "emirate",
    "governorate", "krai", "municipality", "oblast", "parish", "prefecture", "province", "raion", "region", "republic",
    "state", "territory", "township", "voivodeship",
]  # fmt: skip
"""Ranks of administrative divisions that all languages share; see `mapgen.languages.place_name`."""
RankPlace = Literal["capital", "centre", "east", "federal", "north", "south", "west"]
"""What stands for the name of a division ("Northern Province")."""
WordsByKind = Mapping[Kind, frozenset[str]]


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
class RelationTable:
    """Patterns of one relation that share their options (`[[relations]]`).

    Attributes:
        type: the relation.
        patterns: words with slots in braces; see `mapgen.recognition.relations`.
        direction: the direction that the words imply, or "".
        distance_km: the distance that the words imply ("à l'entrée de": 0), or None.
        approximate: whether the words say that the distance is rough.
    """

    type: RelationType
    patterns: tuple[str, ...]
    direction: str = ""
    distance_km: float | None = None
    approximate: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """The lists of words of a language (`[words]`), in small letters unless the language writes them otherwise.

    Attributes:
        abbreviations: abbreviations whose full stop ends no sentence, without the stop.
        and_words: words that join the members of a list.
        articles: articles and their contractions with prepositions.
        between: words for a bare "between".
        between_others: words that make "between X and Y" no area ("accord", "match").
        contracted: articles that contain a preposition ("du", "aux").
        countries: ISO 3166-1 codes of the countries whose small places the readers of the language know.
        days: names of weekdays.
        definite: definite articles alone.
        direction_adjectives: compass words right before a name ("northern").
        in_language: prepositions that make a demonym without a noun after it a language ("in English").
        links: words inside names ("Sables-d'Olonne", "Bay of Bengal").
        located: words that locate a name by the phrase after them ("situé", "lies").
        months: names of months.
        motion: verbs and nouns that take a place with a preposition ("arriver", "quitter", "né").
        name_heads: lower-case words other than generic nouns that begin a name.
        name_tails: lower-case words that end a name ("Asie centrale", "Amérique latine").
        near_figurative: first words of phrases of nearness that also mean an alliance ("proche de", "close to").
        near_members: first words of such phrases that, behind a plural cue, begin a list of its members ("les communes
            voisines de X et de Y").
        near_others: nouns before a figurative "close to X" ("milice", "adviser").
        not_places: common words and names that are no places although gazetteers list them.
        of_forms: "of" with and without article ("de la", "du", "d'").
        of_words: words that link a cue to its name ("de", "du", "d'", "of").
        organisation_heads: nouns that make a name after them the name of an organisation.
        organisation_tails: nouns that make a name before them the name of an organisation ("Council", "FC").
        part_nouns: nouns for parts and surroundings of places ("périphérie", "outskirts").
        partner_words: words before a place that make it an actor ("avec", "allié", "against").
        person_nouns: nouns and functions before or after the name of a person ("ministre", "footballeur").
        place_abbreviations: names of regions that are abbreviated with a full stop ("Calif"), without it.
        place_prepositions: prepositions that nearly always precede places.
        power_nouns: nouns that make the place after "of" a government ("gouvernement", "régime").
        prefixes: letters that are written together with the name ("و" in Arabic).
        relational: cues that, linked to a name, describe something else ("capitale de la Syrie" is no cue of Syrie).
        reporting: verb forms of saying and acting whose subject is a government or a person.
        reporting_prepositions: "selon", "according to".
        rough: words that make a number approximate ("environ", "about").
        rough_numbers: number words that are approximate by themselves ("une dizaine de").
        seats: names of governments and powers after their seat ("Kremlin", "Matignon").
        speaking: verbs that make a demonym after them a language ("speak").
        stop: frequent function words.
        titles: words before the name of a person.
        travel: verb forms of a journey ("reached", "quitte").
        travel_order: words between the stops of a journey ("then", "puis").
        weak_prepositions: prepositions before places and much else.
    """

    abbreviations: frozenset[str] = frozenset()
    and_words: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    between_others: frozenset[str] = frozenset()
    contracted: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    direction_adjectives: frozenset[str] = frozenset()
    in_language: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    motion: frozenset[str] = frozenset()
    name_heads: frozenset[str] = frozenset()
    name_tails: frozenset[str] = frozenset()
    near_figurative: frozenset[str] = frozenset()
    near_members: frozenset[str] = frozenset()
    near_others: frozenset[str] = frozenset()
    not_places: frozenset[str] = frozenset()
    of_forms: frozenset[str] = frozenset()
    of_words: frozenset[str] = frozenset()
    organisation_heads: frozenset[str] = frozenset()
    organisation_tails: frozenset[str] = frozenset()
    part_nouns: frozenset[str] = frozenset()
    partner_words: frozenset[str] = frozenset()
    person_nouns: frozenset[str] = frozenset()
    place_abbreviations: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    power_nouns: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    relational: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    reporting_prepositions: frozenset[str] = frozenset()
    rough: frozenset[str] = frozenset()
    rough_numbers: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    travel: frozenset[str] = frozenset()
    travel_order: frozenset[str] = frozenset()
    weak_prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFile:
    """The tables and keys of the files of a language.

    Attributes:
        code: ISO 639-1.
        name: the language's name in itself.
        plural: the suffix of the regular plural, "" for none.
        decimal: the decimal sign of the language.
        cased: whether names begin with capitals.
        nouns_cased: whether all nouns do (German).
        peoples_cased: whether adjectives of peoples do ("Turkish").
        words: lists of words.
        spellings: forms that are written for another word ("A" for "à" where capitals have no accents).
        cues: nouns before a name, by the kind that they say ("province" -> region).
        behind_cues: nouns right after a name ("Anbar province").
        after_cues: nouns that say in apposition what a name is (", une ville clé", ", a town").
        generics: nouns that begin, or in some languages end, a name and are part of it ("mer Noire").
        families: nouns by the class of thing that they name ("ferme" -> building).
        topics: words by the subject that they belong to ("match" -> sport).
        directions: phrases by compass point.
        numbers: number word -> value.
        units: unit of length -> kilometres.
        relations: spatial phrases.
        signs: words beside a name that show its kind.
        ranks: how names of divisions are written by rank; "{}" stands for the name alone.
        rank_places: what stands for the name in "Northern Province".
        kinds: words for each kind.
        demonyms: adjectives and nouns by country.
        archive: words of the page of an archive; every language has the keys of the English file.
        page: words of the page; every language has the keys of the English file.
        reasons: templates of reasons; every language has the keys of the English file.
    """

    code: str = ""
    name: str = ""
    plural: str = ""
    decimal: str = "."
    cased: bool = True
    nouns_cased: bool = False
    peoples_cased: bool = False
    words: Words = field(default_factory=Words)
    spellings: Mapping[str, str] = field(default_factory=dict)
    cues: WordsByKind = field(default_factory=dict)
    behind_cues: WordsByKind = field(default_factory=dict)
    after_cues: WordsByKind = field(default_factory=dict)
    generics: WordsByKind = field(default_factory=dict)
    families: Mapping[Family, frozenset[str]] = field(default_factory=dict)
    topics: Mapping[Topic, frozenset[str]] = field(default_factory=dict)
    directions: Mapping[Direction, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    relations: tuple[RelationTable, ...] = ()
    signs: Mapping[Sign, frozenset[str]] = field(default_factory=dict)
    ranks: Mapping[Rank, tuple[str, ...]] = field(default_factory=dict)
    rank_places: Mapping[RankPlace, str] = field(default_factory=dict)
    kinds: Mapping[Kind, KindWords] = field(default_factory=dict)
    demonyms: Mapping[CountryCode, frozenset[str]] = field(default_factory=dict)
    archive: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
