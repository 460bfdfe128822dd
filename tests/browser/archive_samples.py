"""Pages of made-up archives, with the mentions that they count, so that a test can count them again."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mapgen.rendering.archive import NO_DAY, TEXTS, ArchivePage, Excerpt, PagePlace, PageTexts, render_archive

EPOCH = datetime.date(1970, 1, 1)
WORDS = [
    "le",
    "conseil",
    "la",
    "ville",
    "hier",
    "soir",
    "une",
    "route",
    "pluie",
    "selon",
    "maire",
    "après",
    "train",
    "marché",
    "école",
    "gare",
    "pont",
    "vote",
]
TOGETHER = "🌧 De Nom 0, où la " + "pluie " * 18 + "tombe, à Nom 1, où le " + "marché " * 14 + "se tient, puis à Nom 2."
"""A sentence that is longer than an excerpt of the page shows of it."""
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \u202eabc & 🌧"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of the sample; `day` and `duplicate` are those of its document."""

    place: int
    document: int
    p: float
    metonymic: bool
    day: int | None
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample archive: its mentions and its page."""

    mentions: list[Mention]
    html: str
    days: list[int | None]
    duplicates: list[bool]

    def count(self, keep: Callable[[Mention], bool]) -> dict[int, tuple[int, int]]:
        """Mentions and documents by place, of the mentions that are kept."""
        kept = [each for each in self.mentions if keep(each)]
        mentions = Counter(each.place for each in kept)
        documents = Counter(place for place, _ in {(each.place, each.document) for each in kept})
        return {place: (mentions[place], documents[place]) for place in mentions}


def sample(
    places: int = 40,
    documents: int = 200,
    mentions: int = 1500,
    *,
    language: str = "fr",
    seed: int = 1,
    together: bool = False,
) -> Sample:
    """Make an archive; a share of its documents is undated, another are near-duplicates.

    Args:
        places, documents, mentions: how many.
        language: of the reader.
        seed: of what is made by chance.
        together: whether the mentions are the names of `TOGETHER` instead.
    """
    rng = random.Random(seed)
    start = (datetime.date(1990, 1, 1) - EPOCH).days
    days = [None if rng.random() < 0.1 else start + rng.randrange(4000) for _ in range(documents)]
    duplicates = [rng.random() < 0.15 for _ in range(documents)]
    made = []
    for _ in range(mentions):
        place, document = min(places - 1, int(rng.expovariate(8 / places))), rng.randrange(documents)
        p, metonymic = round(rng.random() ** 0.4, 4), rng.random() < 0.2
        made.append(Mention(place, document, p, metonymic, days[document], duplicates[document]))
    if together:
        made = [replace(each, place=number, document=0) for number, each in enumerate(made)]
    entries = [
        PagePlace(
            id=f"gn:{number}", name=f"Lieu {number}" if number else f"Lieu 0 {HOSTILE}", own=f"Own {number}",
            kind="city", region="Région", country="FR", lat=rng.uniform(-50, 65), lon=rng.uniform(-170, 170),
            names=(f"Nom {number}",),
        )
        for number in range(places)
    ]  # fmt: skip
    page = ArchivePage(
        title=f"Archive {HOSTILE}",
        language=language,
        totals={
            "documents": documents, "errors": 2, "undated": days.count(None), "duplicates": sum(duplicates),
            "first_date": "1990-01-01", "last_date": "2000-12-31", "toponyms": mentions, "placed": mentions,
        },
        period="day",
        places=entries,
        cells=_cells(made),
        periods=_periods(days, duplicates),
        texts=_texts(made, days, duplicates),
        excerpts=[
            _part(each) if together else _excerpt(each, rng, start)
            for start, each in enumerate(sorted(made, key=lambda each: each.place))
        ],
    )  # fmt: skip
    return Sample(made, "".join(render_archive(page)), days, duplicates)


def _cells(mentions: list[Mention]) -> dict[str, Any]:
    best: dict[tuple[Any, ...], Mention] = {}
    for each in mentions:
        for key in ((each.place, each.document), (each.place, each.document, each.metonymic)):
            if key not in best or each.p > best[key].p:
                best[key] = each
    rows: dict[tuple[Any, ...], list[int]] = {}
    for each in mentions:
        day = NO_DAY if each.day is None else each.day
        key = (each.place, day, min(19, int(each.p * 20)), each.metonymic, each.duplicate)
        row = rows.setdefault(key, [0, 0, 0, 0])
        row[0] += 1
        row[1] += round(each.p * 10_000)
        row[2] += best[each.place, each.document] is each
        row[3] += best[each.place, each.document, each.metonymic] is each
    keys = ("place", "day", "bin", "metonymic", "duplicate")
    columns = {name: np.array([key[at] for key in rows], dtype=np.int64) for at, name in enumerate(keys)}
    values = ("n", "p", "documents", "documents_of_sense")
    return columns | {name: np.array([row[at] for row in rows.values()]) for at, name in enumerate(values)}


def _periods(days: list[int | None], duplicates: list[bool]) -> dict[str, Any]:
    known = sorted({NO_DAY if day is None else day for day in days})
    counts = Counter((NO_DAY if day is None else day, mark) for day, mark in zip(days, duplicates, strict=True))
    return {
        "day": np.array(known),
        "originals": np.array([counts[day, False] for day in known]),
        "duplicates": np.array([counts[day, True] for day in known]),
    }


def _texts(mentions: list[Mention], days: list[int | None], duplicates: list[bool]) -> PageTexts:
    rows = range(len(days))
    of: list[list[Mention]] = [[] for _ in rows]
    for each in mentions:
        of[each.document].append(each)
    best = {
        sense: [max((1 + int(each.p * 200 + 1e-3) for each in own if each.metonymic == sense), default=0) for own in of]
        for sense in (True, False)
    }
    values = {
        "day": [NO_DAY if day is None else day for day in days], "original": [int(mark) for mark in duplicates],
        "toponyms": [len(own) for own in of], "placed": [len(own) for own in of],
        "p": [sum(round(each.p * 10_000) for each in own) for own in of], "literal": best[False],
        "metonymic": best[True], "known": [0 if day is None else 3 for day in days], "duplicate": duplicates,
    }  # fmt: skip
    return PageTexts(
        columns={name: np.array(values[name]) for name in TEXTS},
        id=[f"d{row}" for row in rows],
        title=[f"Titre {row} {HOSTILE if row == 1 else ''}" for row in rows],
        source=["Le Courrier" for _ in rows],
        language=["fr" for _ in rows],
        error=["failed" if row == 2 else "" for row in rows],
    )


def _excerpt(each: Mention, rng: random.Random, number: int) -> Excerpt:
    before = "🌧 " + " ".join(rng.choices(WORDS, k=rng.randrange(5, 18))) + " "
    name = f"Nom {each.place}"
    after = rng.choices(WORDS, k=rng.randrange(5, 18)) + ([HOSTILE] if each.place == 0 else [])
    start = 50 + 1000 * number
    return Excerpt(
        place=each.place, document=each.document, start=start, end=start + len(name), name=name,
        text=f"{before}{name} {' '.join(after)}", at=len(before), p=each.p, metonymic=each.metonymic,
    )  # fmt: skip


def _part(each: Mention) -> Excerpt:
    name = f"Nom {each.place}"
    at = TOGETHER.index(name)
    return Excerpt(
        place=each.place, document=each.document, start=70 + at, end=70 + at + len(name), name=name, text=TOGETHER,
        at=at, p=each.p, metonymic=each.metonymic,
    )  # fmt: skip
