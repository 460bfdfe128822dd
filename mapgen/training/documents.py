"""The texts that resolution learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mapgen.evaluation.corpora import jsonl, marked_reader, placed
from mapgen.evaluation.gold import GoldDocument, located
from mapgen.evaluation.metrics import GoldPlace
from mapgen.gazetteer import Gazetteer
from mapgen.model import Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.resolution.rules import RULES
from mapgen.resolution.rules.estimates import estimate_places
from mapgen.resolution.rules.namesakes import decide_between_namesakes

__all__ = [
    "CHECKED",
    "CORPORA",
    "DISPATCHES",
    "OWN",
    "PLACED",
    "PLACED_IN",
    "SILVER",
    "Training",
    "corpus_documents",
    "described",
    "kind_documents",
    "placed_documents",
    "silver_documents",
    "withheld_documents",
]

CORPORA = ("trnews", "newseye_fr")
CHECKED = ("lgl",)
"""The corpus that trains nothing."""
OWN = ("en", "fr", "en-rivers", "fr-local")
DISPATCHES = Path("data/dispatches")
PLACED = Path("data/placed")
PLACED_IN = ("en", "fr", "en-local", "fr-local")

SILVER = 0.9
"""Least probability of a place that a silver document takes for right."""


@dataclass(frozen=True, slots=True)
class Training:
    """A document to learn from.

    Attributes:
        gold: where its names lie or, in the project's own texts, what kind of place they are.
        toponyms: its names with cue, sense and relation.
    """

    gold: GoldDocument
    toponyms: tuple[Toponym, ...]


def described(gold: GoldDocument, recogniser: GazetteerRecogniser) -> Training:
    """Return the gold document with cue, sense and relation of its names."""
    text = gold.document.text
    bare = tuple(Toponym(start=start, end=end, text=text[start:end]) for start, end in gold.spans)
    return Training(gold=gold, toponyms=recogniser.describe(gold.document, bare))


def corpus_documents(
    folder: Path, names: Sequence[str], gazetteer: Gazetteer, recogniser: GazetteerRecogniser
) -> list[Training]:
    """Return the documents of corpora whose places are known."""
    return [
        described(located(gold, gazetteer), recogniser)
        for name in names
        for gold in jsonl.read(folder / f"{name}.jsonl.gz")
    ]


def kind_documents(recogniser: GazetteerRecogniser) -> list[Training]:
    """Return the project's own texts that say what kind of place a name means."""
    return [
        described(gold, recogniser)
        for name in OWN
        for gold in marked_reader.read(DISPATCHES / f"{name}.txt")
        if gold.split == "train"
    ]


def placed_documents(recogniser: GazetteerRecogniser) -> list[Training]:
    """Return the project's own texts that say where a name lies."""
    return [
        described(gold, recogniser)
        for name in PLACED_IN
        for gold in placed.read(PLACED / f"{name}.txt")
        if gold.split == "train"
    ]


def silver_documents(gazetteer: Gazetteer, recogniser: GazetteerRecogniser) -> list[Training]:
    """Return the project's own texts without known places, with those of which the resolver is sure as gold."""
    # The rules that are learned from these documents are left out.
    resolver = Resolver(
        gazetteer, rules=[each for each in RULES if each not in (decide_between_namesakes, estimate_places)]
    )
    found = []
    for path in sorted(DISPATCHES.glob("*.txt")):
        for gold in marked_reader.read(path):
            if gold.split != "train":
                continue
            document = described(gold, recogniser)
            resolved = resolver.resolve(gold.document, document.toponyms)
            names = tuple(
                replace(name, place=GoldPlace(lat=place.lat, lon=place.lon, geonameid=place.geonameid), kind=place.kind)
                for name, toponym in zip(gold.names, resolved, strict=True)
                if (place := toponym.place) is not None
                and toponym.resolution is not None
                and toponym.resolution.probability >= SILVER
                and not place.inherited
            )
            found.append(Training(replace(gold, names=names), document.toponyms))
    return found


def withheld_documents(
    folder: Path, names: Sequence[str], gazetteer: Gazetteer, recogniser: GazetteerRecogniser
) -> list[Training]:
    """Return what is learned from with small places withheld: corpora, then the project's own texts with places."""
    return [
        *corpus_documents(folder, names, gazetteer, recogniser),
        *placed_documents(recogniser),
        *silver_documents(gazetteer, recogniser),
    ]
