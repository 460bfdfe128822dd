"""The `Language` type and its loader: one TOML file a language, with additions beside it.

`load("fr")` reads `fr.toml` and every `fr.*.toml` next to it (`fr.page.toml`: the words of the page), table by table.
`mapgen.languages._schema` defines their tables and keys.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from mapgen.errors import MapgenError
from mapgen.languages._schema import KindWords, LanguageFile, RelationTable, Words, WordsByKind
from mapgen.languages._structure import structured
from mapgen.messages import Spoken, msg, translated
from mapgen.model import Kind, RelationType

__all__ = ["Language", "RelationPattern", "available", "load", "parse"]

_CODE = re.compile(r"[a-z]{2,3}")
_REFERENCE = "en"
_SHARED_TABLES = ("archive", "page", "reasons")
"""Tables that have the same keys in all languages that have them: those of the files of `_REFERENCE`."""


class Reason(Spoken):
    """A sentence on a name, in the language of one reader, that remembers its key and its values.

    Attributes:
        key: in the table `[reasons]`.
        values: what its fields hold.
    """

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, object]

    def __new__(cls, text: str, key: str, values: Mapping[str, object] | None = None) -> Reason:
        reason = super().__new__(cls, text)
        reason.key = key
        reason.values = dict(values or {})
        return reason

    def __reduce__(self) -> tuple[Callable[..., Reason], tuple[Any, ...]]:
        return Reason, (str(self), self.key, self.values)

    def format(self, *_: object, **values: object) -> Reason:
        """Return the sentence with its fields filled."""
        return Reason(str(self).format(**values), self.key, values)

    def in_language(self, language: str) -> str:
        """Return the sentence in another language (ISO 639-1); as it is where that has none."""
        template = load(language).reasons.get(self.key)
        if template is None:
            return str(self)
        return str(template).format(
            **{
                name: translated(value, language) if isinstance(value, Spoken) else value
                for name, value in self.values.items()
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationPattern:
    """One way in which the language relates something to a place; attributes as those of `RelationTable`.

    Attributes:
        type: the relation.
        pattern: words with slots in braces.
        direction: the direction that the words imply, or "".
        distance_km: the distance that the words imply, or None.
        approximate: whether the words say that the distance is rough.
    """

    type: RelationType
    pattern: str
    direction: str = ""
    distance_km: float | None = None
    approximate: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Language(Words):
    """What the program knows of one language: the lists of `Words`, and the tables of its files by word.

    Attributes:
        code: ISO 639-1.
        name: the language's name in itself.
        known: False for the neutral language that replaces one without a file.
        decimal: the decimal sign.
        cased: whether names begin with capitals.
        nouns_cased: whether all nouns do (German).
        peoples_cased: whether adjectives of peoples do ("Turkish").
        spellings: form -> the word that it is written for.
        cues: noun before a name -> kind; all forms.
        plural_cues: those of `cues` that apply to a whole list ("les provinces de Damas, d'Alep").
        after_cues: noun in apposition -> kind.
        behind_cues: noun right after a name -> kind.
        generics: nouns that are part of names.
        generic_kinds: kind of each word in `generics`.
        families: word -> class of thing that it names.
        topics: word -> subject that it belongs to: teams are named after their towns.
        directions: phrase -> N NE E SE S SW W NW C.
        numbers: number word -> value.
        units: unit of length -> kilometres.
        relations: spatial phrases.
        signs: words beside a name that show its kind, by sign.
        ranks: rank of a division -> how its name is written, then how else it is found.
        rank_places: what stands for the name of a division ("Northern Province").
        contractions: preposition contracted with an article -> the article ("au": "le").
        kinds: words for each kind.
        demonyms: adjective or noun -> ISO 3166-1 alpha-2.
        archive: words of the page of an archive, beside those of the page.
        page: words of the page.
        reasons: templates of reasons.
    """

    code: str
    name: str
    known: bool = True
    decimal: str = "."
    cased: bool = True
    nouns_cased: bool = False
    peoples_cased: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)
    cues: Mapping[str, Kind] = field(default_factory=dict)
    plural_cues: frozenset[str] = frozenset()
    after_cues: Mapping[str, Kind] = field(default_factory=dict)
    behind_cues: Mapping[str, Kind] = field(default_factory=dict)
    generics: frozenset[str] = frozenset()
    generic_kinds: Mapping[str, Kind] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    relations: tuple[RelationPattern, ...] = ()
    signs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    contractions: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rank_places: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[Kind, KindWords] = field(default_factory=dict)
    demonyms: Mapping[str, str] = field(default_factory=dict)
    archive: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)


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
        MapgenError: a language file is malformed; the message names the file, the table and the key.
    """
    short = code.lower().replace("_", "-").split("-")[0]
    if not _CODE.fullmatch(short) or short not in available():
        return Language(code=short, name=short, known=False)
    texts = _texts(short)
    return parse(texts, reference=None if short == _REFERENCE else _reference())


def parse(texts: Mapping[str, str], *, reference: Mapping[str, frozenset[str]] | None = None) -> Language:
    """Return a language from the texts of its files.

    Args:
        texts: name of a file -> its content.
        reference: table -> the keys that it must have where it is given.

    Raises:
        MapgenError: a file is malformed; the message names it, the table and the key.
    """
    merged: dict[str, Any] = {}
    for name, text in sorted(texts.items()):
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise MapgenError(msg("the language file is malformed: {error}", error=error), path=name) from error
        part = structured(LanguageFile, tables, file=name)
        _check_keys(tables, reference or {}, name)
        for key in tables:
            value = getattr(part, key)
            merged[key] = {**merged[key], **value} if isinstance(value, dict) and key in merged else value
    for key in ("code", "name"):
        if not merged.get(key):
            raise MapgenError(msg("key {key!r}: it is missing", key=key), path=min(texts, default=None))
    return _language(LanguageFile(**merged))


def _texts(code: str) -> dict[str, str]:
    """Return the content of the files of a language, by name."""
    items = (item for item in resources.files(__package__).iterdir() if item.name.startswith(code + "."))
    texts: dict[str, str] = {}
    for item in items:
        if item.name.endswith(".toml"):
            try:
                texts[item.name] = item.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise MapgenError(
                    msg("the language file is malformed: {error}", error=error), path=item.name
                ) from error
    return texts


@lru_cache(maxsize=1)
def _reference() -> dict[str, frozenset[str]]:
    """Return the keys of the tables that are the same in all languages; each table has a file of its own."""
    folder = resources.files(__package__)
    texts = {table: (folder / f"{_REFERENCE}.{table}.toml").read_text(encoding="utf-8") for table in _SHARED_TABLES}
    return {table: frozenset(tomllib.loads(text)[table]) for table, text in texts.items()}


def _check_keys(part: Mapping[str, Any], reference: Mapping[str, frozenset[str]], file: str) -> None:
    for table, wanted in reference.items():
        given = part.get(table)
        if given is None:
            continue
        for problem, keys in (("is unknown", set(given) - wanted), ("is missing", wanted - set(given))):
            if keys:
                raise MapgenError(
                    msg("table [{table}], key {keys!r}: it {problem}", table=table, keys=min(keys), problem=problem),
                    path=file,
                )


def _language(file: LanguageFile) -> Language:
    """Build the frozen type from the tables of a language's files."""
    cues, plurals = _cues(file.cues)
    generic_kinds, _ = _cues(file.generics)
    after, _ = _cues(file.after_cues)
    behind, _ = _cues(file.behind_cues)
    return Language(
        code=file.code,
        name=file.name,
        decimal=file.decimal,
        cased=file.cased,
        nouns_cased=file.nouns_cased,
        peoples_cased=file.peoples_cased,
        spellings=file.spellings,
        cues=cues,
        plural_cues=plurals,
        after_cues=after,
        behind_cues=behind,
        generics=frozenset(generic_kinds),
        generic_kinds=generic_kinds,
        families=_by_word(file.families),
        topics=_by_word(file.topics),
        directions=_by_word(file.directions),
        numbers=file.numbers,
        units=file.units,
        relations=_relations(file.relations),
        signs={str(sign): words for sign, words in file.signs.items()},
        contractions=dict(pair.split(" ") for pair in sorted(file.signs.get("melted", ()))),
        ranks={str(rank): forms for rank, forms in file.ranks.items()},
        rank_places={str(place): words for place, words in file.rank_places.items()},
        kinds=file.kinds,
        demonyms=_demonyms(file.demonyms, plural=file.plural),
        archive=file.archive,
        page=file.page,
        reasons={key: Reason(text, key) for key, text in file.reasons.items()},
        **{each.name: getattr(file.words, each.name) for each in dataclasses.fields(Words)},
    )


def _by_word(table: Mapping[Any, frozenset[str]]) -> dict[str, str]:
    """Return word -> key; of two keys with one word the later counts."""
    return {word: key for key, words in table.items() for word in sorted(words)}


def _cues(table: WordsByKind) -> tuple[dict[str, Kind], frozenset[str]]:
    """Return form -> kind, and the plurals; a form equal to its singular applies to no list."""
    cues: dict[str, Kind] = {}
    plurals: set[str] = set()
    for kind, entries in table.items():
        for entry in sorted(entries):
            singular, *others = entry.split("/")
            cues.update((form, kind) for form in (singular, *others))
            plurals.update(form for form in others if form != singular)
    return cues, frozenset(plurals)


def _demonyms(table: Mapping[str, frozenset[str]], *, plural: str) -> dict[str, str]:
    """Return form -> country, with regular plurals (`plural` is the suffix); the first country counts."""
    demonyms: dict[str, str] = {}
    for country, words in table.items():
        for word in sorted(words):
            demonyms.setdefault(word, country)
            if plural and not word.endswith(("s", "x", "z")):
                demonyms.setdefault(word + plural, country)
    return demonyms


def _relations(tables: tuple[RelationTable, ...]) -> tuple[RelationPattern, ...]:
    """Return one pattern after the other, each with the options of its table."""
    return tuple(
        RelationPattern(
            type=table.type,
            pattern=pattern,
            direction=table.direction,
            distance_km=table.distance_km,
            approximate=table.approximate,
        )
        for table in tables
        for pattern in table.patterns
    )
