"""The one list of corpus formats; which of them a file is; and reading a file or a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from mapgen.errors import DocumentError, OptionError
from mapgen.evaluation.corpora import brat, conll, hipe, jsonl, marked_reader, placed
from mapgen.evaluation.corpora.corpus_files import head
from mapgen.evaluation.gold import GoldDocument
from mapgen.messages import msg, reason_of

__all__ = ["FORMATS", "Reader", "digest", "files_of", "read_corpus"]

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Reader:
    """A format of corpora.

    Attributes:
        about: what it is, in a few words.
        recognises: whether a file with this path and these first lines is of the format.
        read: yields the documents of a file.
        suffixes: of the files that are taken from a folder.
    """

    about: str
    recognises: Callable[[Path, list[str]], bool]
    read: Callable[[Path], Iterator[GoldDocument]]
    suffixes: tuple[str, ...]


FORMATS: dict[str, Reader] = {
    "jsonl": Reader("JSON lines", jsonl.recognises, jsonl.read, (".jsonl", ".jsonl.gz")),
    "brat": Reader("BRAT standoff", brat.recognises, brat.read, (".ann",)),
    "placed": Reader("marked text with places [[…|lat,lon]]", placed.recognises, placed.read, (".txt",)),
    "marked": Reader("marked text [[…]]", marked_reader.recognises, marked_reader.read, (".txt",)),
    "hipe": Reader("HIPE TSV", hipe.recognises, hipe.read, (".tsv", ".tsv.gz")),
    "conll": Reader("CoNLL columns", conll.recognises, conll.read, (".conll", ".iob", ".bio", ".tsv", ".txt")),
}
"""By name; tried in this order where the format is not given."""


def read_corpus(
    path: Path, *, form: str = AUTO, split: str = "", language: str = "", limit: int = 0
) -> Iterator[GoldDocument]:
    """Yield the documents of a corpus.

    Args:
        path: a file, or a folder of files of one or several formats, read in the order of their names.
        form: a name in `FORMATS`; "auto" looks at each file.
        split: only the documents of that part ("heldout"), for corpora with parts.
        language: ISO 639-1 code of all documents; what the corpus says when not given.
        limit: how many documents at most; 0 for all.

    Raises:
        OptionError: an unknown format.
        DocumentError: a file is missing or unsound (the error names file and line), or there is nothing to read.
    """
    if form != AUTO and form not in FORMATS:
        raise OptionError(
            msg(
                "unknown corpus format {form!r}; known: {auto}, {formats}",
                form=form,
                auto=AUTO,
                formats=", ".join(FORMATS),
            )
        )
    documents = _documents(path, form)
    if split:
        documents = (gold for gold in documents if gold.split == split)
    if language:
        documents = (replace(gold, document=replace(gold.document, language=language)) for gold in documents)
    empty = True
    for gold in islice(documents, limit or None):
        empty = False
        yield gold
    if empty:
        problem = (
            msg("has no documents of the part {split!r}", split=split)
            if split
            else msg("has no documents with marked names")
        )
        raise DocumentError(problem, path=path)


def _documents(path: Path, form: str) -> Iterator[GoldDocument]:
    files = files_of(path, form)
    for file in files:
        reader = FORMATS[_format_of(file) if form == AUTO else form]
        for gold in reader.read(file):
            yield replace(gold, id=f"{file.name}#{gold.id}") if len(files) > 1 else gold


def files_of(path: Path, form: str = AUTO) -> list[Path]:
    """Return the files of a corpus: the file itself, or those of a folder that may be of the format, by name.

    Raises:
        DocumentError: there is no such file or folder, or nothing of the format in it.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DocumentError(msg("there is no such file or folder"), path=path)
    readers = [FORMATS[form]] if form != AUTO else list(FORMATS.values())
    suffixes = tuple(suffix for reader in readers for suffix in reader.suffixes)
    files = sorted(file for file in path.iterdir() if file.is_file() and file.name.endswith(suffixes))
    if form == AUTO:
        # the text of a BRAT file is read with its annotations, and other texts have no marks to measure by
        files = [f for f in files if f.suffix != ".txt" or (not f.with_suffix(".ann").exists() and _format_of(f, ""))]
    if not files:
        raise DocumentError(msg("holds no corpus ({suffixes})", suffixes=", ".join(dict.fromkeys(suffixes))), path=path)
    return files


def _format_of(path: Path, *otherwise: str) -> str:
    beginning = head(path)
    for name, reader in FORMATS.items():
        if reader.recognises(path, beginning):
            return name
    if otherwise:
        return otherwise[0]
    raise DocumentError(
        msg("is in no known corpus format; name one of {formats}", formats=", ".join(FORMATS)), path=path
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a corpus file, in hex; of a folder, that of its files' names and digests.

    Raises:
        DocumentError: the file cannot be read.
    """
    whole = hashlib.sha256()
    try:
        if path.is_file():
            whole.update(path.read_bytes())
            return whole.hexdigest()
        for file in sorted(file for file in path.rglob("*") if file.is_file()):
            whole.update(file.relative_to(path).as_posix().encode("utf-8"))
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    except OSError as error:
        raise DocumentError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error
    return whole.hexdigest()
