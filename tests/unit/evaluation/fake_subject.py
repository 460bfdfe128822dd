"""A subject that finds and places what it is told to, for tests of measuring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mapgen.model import Candidate, Document, Kind, MatchType, Place, Resolution, Sense, Toponym


def place(
    name: str, lat: float, lon: float, *, kind: Kind = Kind.CITY, country: str = "SY", geonameid: int | None = None
) -> Place:
    id_ = f"gn:{geonameid}" if geonameid else f"test:{name}"
    return Place(id=id_, source="test", name=name, kind=kind, country=country, lat=lat, lon=lon, geonameid=geonameid)


class FakeSubject:
    """Finds the names it knows as whole words, and places them; runners-up come after the answer."""

    def __init__(
        self,
        known: dict[str, Place | None],
        *,
        metonymic: Sequence[str] = (),
        probability: float = 0.8,
        others: dict[str, Sequence[Place]] | None = None,
    ) -> None:
        self.known = known
        self.metonymic = metonymic
        self.probability = probability
        self.others = others or {}
        self.languages: list[str] = []
        self.atlas = None

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        self.languages.append(document.language)
        pattern = r"\b(?:" + "|".join(re.escape(name) for name in self.known) + r")\b"
        return tuple(
            Toponym(
                start=match.start(),
                end=match.end(),
                text=match.group(),
                sense=Sense.METONYMIC if match.group() in self.metonymic else Sense.LITERAL,
            )
            for match in re.finditer(pattern, document.text)
        )

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        self.languages.append(document.language)
        return tuple(toponyms)

    def resolve(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        assert all(document.text[t.start : t.end] == t.text for t in toponyms)
        return tuple(replace(toponym, resolution=self._resolution(toponym.text)) for toponym in toponyms)

    def _resolution(self, name: str) -> Resolution:
        answer = self.known.get(name)
        runners_up = tuple(
            Candidate(place=other, match=MatchType.EXACT, name=name) for other in self.others.get(name, ())
        )
        return Resolution(
            place=answer, probability=self.probability if answer else 0.0, alternatives=runners_up if answer else ()
        )
