"""Countries whose pack would help a text: those around which several names are unknown or only estimated.

Nothing of the text leaves the machine: what may be fetched for a country is named by its code alone.
"""

from __future__ import annotations

import json
import threading
import urllib.parse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapgen import languages
from mapgen.errors import MapgenError
from mapgen.files import write_aside
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.packfetch import absence
from mapgen.gazetteer.packs import add_packs
from mapgen.kinds import VAST
from mapgen.messages import Named
from mapgen.model import Decision, Origin, Toponym

__all__ = ["MissingPack", "PackAnswers", "PackFetcher", "hint", "host_of", "missing_packs"]

FEWEST = 3
"""Names that must be unknown around one country before its pack is spoken of."""
_LIKELY = 0.5
"""Probability from which on a place shows where the names beside it are."""


@dataclass(frozen=True, slots=True)
class MissingPack:
    """A country whose pack would help.

    Attributes:
        country: ISO 3166-1 alpha-2.
        names: how many different names around it are unknown or only estimated.
    """

    country: str
    names: int


def missing_packs(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[MissingPack, ...]:
    """Return the countries whose packs would help with a text, the most names first.

    An estimated name belongs to the country of its estimate, a name without a place to that of the nearest name with
    one in the text.
    """
    known = [
        (toponym.start, toponym.place.country)
        for toponym in toponyms
        if toponym.place is not None
        and toponym.place.country
        and toponym.place.origin is not Origin.TEXT
        and toponym.resolution is not None
        and toponym.resolution.probability >= _LIKELY
    ]
    names: dict[str, set[str]] = {}
    for toponym in toponyms:
        if toponym.decision is Decision.NO_PLACE or toponym.cue_kind in VAST:
            continue
        if toponym.place is None:
            country = min(known, key=lambda near: abs(near[0] - toponym.start))[1] if known else ""
        elif toponym.place.origin is Origin.TEXT:
            country = toponym.place.country
        else:
            continue
        if country:
            names.setdefault(country, set()).add(fold(toponym.text))
    missing = [MissingPack(country, len(forms)) for country, forms in names.items() if len(forms) >= FEWEST]
    missing = [each for each in missing if gazetteer.pack(each.country) is None]
    return tuple(sorted(missing, key=lambda each: (-each.names, each.country)))


def hint(missing: MissingPack, gazetteer: Gazetteer, reader: str) -> str:
    """Return one line, in the language of the reader, on the pack that would help and the command that adds it."""
    country = gazetteer.country(missing.country)
    name = missing.country
    if country is not None:
        names = {code: country.label(code) for code in languages.page_languages()}
        name = Named(names.get(reader, country.name), names)
    template = languages.load(reader).reasons["missing_pack"]
    return template.format(names=missing.names, country=name, code=missing.country)


def host_of(source: str) -> str:
    """Return the host that packs are fetched from, or the folder."""
    return urllib.parse.urlsplit(source).hostname or source


class PackFetcher:
    """Fetches missing packs, each at most once, where that is allowed.

    Args:
        allow: asked whether the pack of a country may be fetched.
        source: URL of a mirror of GeoNames' `export/dump`, or a folder.
        home: folder of the gazetteer.
    """

    def __init__(self, allow: Callable[[MissingPack], bool], *, source: str, home: Path) -> None:
        self._allow = allow
        self._source = source
        self._home = home
        self._tried: set[str] = set()
        self._lock = threading.Lock()

    def fetch(self, missing: Iterable[MissingPack]) -> tuple[bool, tuple[str, ...]]:
        """Fetch the packs of some countries, those that are allowed and were not tried before.

        Returns:
            Whether any has come, and a line on what has failed.
        """
        with self._lock:
            countries = [each.country for each in missing if each.country not in self._tried and self._allow(each)]
            self._tried.update(countries)
            if not countries:
                return False, ()
            try:
                added = {pack.country for pack in add_packs(countries, source=self._source, home=self._home)}
            except MapgenError as error:
                return False, (error.whole,)
            absent = [country for country in countries if country not in added]
            return True, (absence(absent, self._source),) if absent else ()


class PackAnswers:
    """Whether packs of countries may be fetched, as a person has answered: a file in the home.

    Args:
        home: folder of the gazetteer.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / "pack-answers.json"

    def of(self, country: str) -> bool | None:
        """Return the answer for a country (ISO 3166-1 alpha-2), or None where nobody has been asked."""
        answer = self._read().get(country)
        return answer if isinstance(answer, bool) else None

    def keep(self, country: str, *, allowed: bool) -> None:
        """Keep the answer for a country.

        Raises:
            OutputError: the file cannot be written.
        """
        write_aside(self._path, json.dumps(self._read() | {country: allowed}, indent=1, sort_keys=True) + "\n")

    def _read(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none, or one that someone has broken: the question is asked again
            return {}
        return content if isinstance(content, dict) else {}
