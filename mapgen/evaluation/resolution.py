"""Resolution measured over corpora whose names have coordinates; spans are given."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapgen.errors import DocumentError
from mapgen.evaluation.metrics import FARTHEST_KM, GoldPlace, Judgement, error_km, is_right
from mapgen.model import Document, Place, Span, Toponym

__all__ = ["GoldDocument", "judge", "read_gold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A text whose names are marked and placed.

    Attributes:
        document: the text, its language known.
        places: span -> where the name truly lies; names without coordinates are not in it.
        spans: all marked names, in text order, with and without coordinates.
    """

    document: Document
    places: dict[Span, GoldPlace]
    spans: tuple[Span, ...]


def read_gold(path: Path, countries: Callable[[int], str]) -> Iterator[GoldDocument]:
    """Yield the documents of a gzipped JSON-lines file.

    Args:
        path: of the file; each line has text, lang, title and toponyms (start, end, lat, lon, geonameid).
        countries: gives the ISO code for the GeoNames id of a country, else "".

    Raises:
        DocumentError: a line is not of this form.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _gold(json.loads(line), countries)
            except (KeyError, TypeError, ValueError) as error:
                raise DocumentError(f"is no document with placed names: {error!r}", path=path, line=number) from error


def _gold(data: dict[str, Any], countries: Callable[[int], str]) -> GoldDocument:
    document = Document(text=data["text"], title=data.get("title") or "", language=data["lang"])
    places: dict[Span, GoldPlace] = {}
    spans: list[Span] = []
    for toponym in sorted(data["toponyms"], key=lambda toponym: (toponym["start"], -toponym["end"])):
        if spans and toponym["start"] < spans[-1][1]:
            continue  # nested names: the longer one stands
        span = (toponym["start"], toponym["end"])
        spans.append(span)
        if toponym["lat"] is not None:
            geonameid = toponym["geonameid"]
            places[span] = GoldPlace(
                lat=toponym["lat"],
                lon=toponym["lon"],
                geonameid=geonameid,
                country=countries(geonameid) if geonameid else "",
            )
    return GoldDocument(document=document, places=places, spans=tuple(spans))


def judge(gold: GoldDocument, toponyms: Sequence[Toponym]) -> list[tuple[Span, Judgement]]:
    """Return a judgement for each placed gold name; one that is not among `toponyms` counts as wrong."""
    answers = {toponym.span: toponym for toponym in toponyms}
    judged = []
    for span, place in gold.places.items():
        toponym = answers.get(span)
        resolution = toponym.resolution if toponym else None
        answer: Place | None = resolution.place if resolution else None
        candidates = [answer] if answer else []
        candidates += [alternative.place for alternative in resolution.alternatives] if resolution else []
        judged.append(
            (
                span,
                Judgement(
                    right=answer is not None and is_right(answer, place),
                    covered=any(is_right(candidate, place) for candidate in candidates),
                    distance_km=error_km(answer, place) if answer else FARTHEST_KM,
                    probability=resolution.probability if resolution and answer else 0.0,
                ),
            )
        )
    return judged
