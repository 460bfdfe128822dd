"""Texts with marked names for training: JSON lines with offsets, and the project's own dispatches."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.mark_parser import read_marked
from mapgen.languages import load
from mapgen.messages import msg
from mapgen.model import Sense

__all__ = ["Entity", "LabelledText", "read_corpus", "read_dispatches"]

_LEADING = re.compile(r"^(?:\d+[\w/-]*\s*,?\s*|(?:an?|the|les?|la)\s+|l['’]|[^\w]+)+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[^\w.)]+|['’]s|,?\s+\d+)+$")
_KIND_BEFORE = re.compile(
    r"^(?:\w+ )?(?:city|town|village|province|state|district|region|areas?|territory|north|south|east|west) of ",
    re.IGNORECASE,
)
_REGION_BEFORE = re.compile(r"^(?:(?:north|south|east|west)(?:ern|-?(?:east|west)(?:ern)?)?|central|rural) (?=[A-Z])")


_LABELS = {"LOC": "LOC", "PER": "PER", "ORG": "ORG", "MIS": "MISC", "PRO": "MISC", "HUM": "MISC", "TIM": "MISC"}
"""Labels by their first three letters; HIPE's products ("prod"), works and times are of no interest here."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked name.

    Attributes:
        start: first code point.
        end: one past the last.
        label: LOC, PER, ORG or MISC.
        metonymic: whether it means a government or institution; None where the corpus does not say.
    """

    start: int
    end: int
    label: str
    metonymic: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text of a corpus.

    Attributes:
        text: the text.
        entities: its marked names in text order.
        language: ISO 639-1.
        complete: whether persons and organisations are marked too, or places only.
        group: document or topic, for splits.
    """

    text: str
    entities: tuple[Entity, ...]
    language: str
    complete: bool = True
    group: str = ""


def read_corpus(path: Path, *, language: str = "", clean: bool = False) -> Iterator[LabelledText]:
    """Read a corpus of JSON lines, gzipped or not.

    Each line is an object with `text` and `entities` ([start, end, label], …) or `toponyms` ({start, end, …}).

    Args:
        path: the file.
        language: ISO 639-1; the code in the file's name ("wikigold-en.test.jsonl.gz") when not given. A line's own
            `lang` wins.
        clean: bring places to the conventions of mapgen: no article, house number or "the city of" in the span.

    Raises:
        DocumentError: the file cannot be read, or a line is no such object.
    """
    if not language and (match := re.search(r"[-_]([a-z]{2})\b", path.name)):
        language = match.group(1)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                try:
                    yield _labelled(json.loads(line), language, f"{path.name}:{number}", clean=clean)
                except (ValueError, KeyError, TypeError) as error:
                    raise DocumentError(
                        msg("not a corpus of marked texts: {error!r}", error=error), path=path, line=number
                    ) from error
    except OSError as error:
        raise DocumentError(msg("the corpus cannot be read: {error}", error=error), path=path) from error


def _labelled(data: Mapping[str, Any], language: str, where: str, *, clean: bool) -> LabelledText:
    text = data["text"]
    if "entities" in data:
        entities = [Entity(start, end, _LABELS[label[:3].upper()]) for start, end, label in data["entities"]]
    else:
        entities = [Entity(item["start"], item["end"], "LOC") for item in data["toponyms"]]
    if clean:
        entities = _cleaned(text, entities, data.get("lang") or language)
    return LabelledText(
        text, tuple(sorted(entities, key=lambda entity: (entity.start, entity.end))), data.get("lang") or language,
        "entities" in data, str(data.get("id", where)),
    )  # fmt: skip


def _cleaned(text: str, entities: list[Entity], language: str) -> list[Entity]:
    demonyms = load(language).demonyms
    out: list[Entity] = []
    for entity in entities:
        start, end = entity.start, entity.end
        name = text[start:end]
        if match := _LEADING.match(name):
            start += match.end()
        for pattern in (_KIND_BEFORE, _LEADING, _REGION_BEFORE):
            if entity.label == "LOC" and (match := pattern.match(text[start:end])):
                start += match.end()
        if match := _TRAILING.search(text[start:end]):
            end = start + match.start()
        if start >= end or text[start:end].lower() in demonyms:
            continue
        if entity.label == "LOC" and text[start].islower() and not any(letter.isupper() for letter in text[start:end]):
            continue
        out.append(Entity(start, end, entity.label))
    return out


def read_dispatches(path: Path, *, split: str = "", by_sentence: bool = False) -> Iterator[LabelledText]:
    """Read marked dispatches ("fr.txt", "en.txt").

    Args:
        path: the file; its name is the language.
        split: "train", "heldout" or "" for both.
        by_sentence: every sentence a text of its own.
    """
    for marked in read_marked(path, by_sentence=by_sentence):
        if not split or marked.split == split:
            entities = tuple(
                Entity(span.start, span.end, "LOC", span.sense == Sense.METONYMIC) for span in marked.spans
            )
            yield LabelledText(marked.text, entities, path.stem[:2], complete=False, group=marked.topic)
