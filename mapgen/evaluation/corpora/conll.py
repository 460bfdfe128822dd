"""CoNLL-2003 and its kin: a token a line, its tag in the last column, an empty line behind each sentence.

    -DOCSTART- -X- -X- O

    The DT I-NP O
    Tigris NNP I-NP B-LOC

Columns are separated by spaces or tabs. Tags are IOB1, IOB2 or IOBES (Tjong Kim Sang & De Meulder 2003). The text is
put together again with spaces, without those that punctuation does not have before it. `-DOCSTART-` begins a document;
in a file without it every sentence is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.columns import Assembly, split_tag
from mapgen.evaluation.corpora.corpus_files import language_of, lines
from mapgen.evaluation.gold import GoldDocument
from mapgen.messages import msg, reason_of
from mapgen.model import Document

__all__ = ["read", "recognises"]

_START = "-DOCSTART-"
_CLOSING = frozenset(".,;:!?)]}%…”»’")
_OPENING = frozenset("([{“«‘")


def recognises(_path: Path, beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    rows = [line.split() for line in beginning[:200] if line.strip() and not _is_remark(line)]
    if not rows or any(row[0] == _START for row in rows):
        return bool(rows)
    return all(len(row) > 1 for row in rows[:-1]) and all(_is_tag(row[-1]) for row in rows[:-1] or rows)


def _is_tag(word: str) -> bool:
    try:
        split_tag(word)
    except ValueError:
        return False
    return True


def _is_remark(line: str) -> bool:
    """Whether a line that begins with a hash is no token: its last column is no tag."""
    return line.startswith("#") and not _is_tag(line.split()[-1])


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a file.

    Raises:
        DocumentError: a line has no tag.
    """
    language = language_of(path)
    assembly, first, marked, before, between = Assembly(), 1, False, "", ""
    for number, line in lines(path):
        columns = line.split()
        starts = bool(columns) and columns[0] == _START
        if starts or (not columns and not marked):
            if assembly.length:
                yield _document(assembly, path, first, language)
            assembly, first, marked, before, between = Assembly(), number + 1, marked or starts, "", ""
        elif not columns:
            assembly.end_sentence()
            between = "\n"
        elif not _is_remark(line):
            if len(columns) < 2:
                raise DocumentError(msg("has no tag: {line!r}", line=line[:40]), path=path, line=number)
            between = between or _between(before, columns[0])
            try:
                assembly.add(columns[0], columns[-1], between=between)
            except ValueError as error:
                raise DocumentError(reason_of(error), path=path, line=number) from error
            before, between = columns[0], ""
    if assembly.length:
        yield _document(assembly, path, first, language)


def _between(before: str, token: str) -> str:
    return "" if token[0] in _CLOSING or (before and before[-1] in _OPENING) else " "


def _document(assembly: Assembly, path: Path, line: int, language: str) -> GoldDocument:
    text, names, others = assembly.finish()
    return GoldDocument(
        id=str(line),
        document=Document(text=text, language=language, source=path.name),
        names=names,
        others=others,
    )
