"""The project's own marked text, `[[Moscou|city|m]] accuse`: `data/dispatches` and golden paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mapgen.evaluation.corpora.corpus_files import language_of
from mapgen.evaluation.corpora.mark_parser import read_marked
from mapgen.evaluation.gold import GoldDocument, GoldName
from mapgen.model import Document

__all__ = ["read", "recognises"]


def recognises(path: Path, beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    return path.suffix == ".txt" and any("[[" in line and "]]" in line for line in beginning)


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the passages of a file, each a document.

    Raises:
        DocumentError: a mark or a header is unsound; the error names the line.
    """
    language = language_of(path)
    for text in read_marked(path):
        yield GoldDocument(
            id=f"{text.topic}:{text.line}",
            document=Document(text=text.text, language=language, source=path.name),
            names=tuple(
                GoldName(start=span.start, end=span.end, kind=span.kind, sense=span.sense) for span in text.spans
            ),
            split=text.split,
        )
