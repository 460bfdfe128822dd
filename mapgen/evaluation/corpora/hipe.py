"""The tab-separated files of the HIPE campaigns (Ehrmann et al. 2020, 2022): historical newspapers, a token a line.

    TOKEN	NE-COARSE-LIT	NE-COARSE-METO	NE-FINE-LIT	…	NEL-LIT	NEL-METO	MISC
    # hipe2022:document_id = …
    # hipe2022:language = fr
    # hipe2022:date = 1890-01-20
    Alep	B-loc	B-org	B-loc.adm.town	…	Q41183	_	NoSpaceAfter|EndOfLine

Places are those of NE-COARSE-LIT. One whose metonymic column says anything else means an institution. The fine
column gives kinds. Wikidata ids are no coordinates: these files measure recognition. `NoSpaceAfter` in the last column
joins a token to the next one; a hyphen at the end of a line (`¬`) stays, as in the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.columns import Assembly, split_tag
from mapgen.evaluation.corpora.corpus_files import language_of, lines
from mapgen.evaluation.corpora.labels import kind_of_label
from mapgen.evaluation.gold import GoldDocument
from mapgen.messages import msg, reason_of
from mapgen.model import Document, Sense

__all__ = ["read", "recognises"]

_TOKEN, _TAG, _METONYMIC, _FINE, _MISC = "TOKEN", "NE-COARSE-LIT", "NE-COARSE-METO", "NE-FINE-LIT", "MISC"


def recognises(path: Path, beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    first = next((line for line in beginning if line.strip() and not line.startswith("#")), "")
    return first.startswith(f"{_TOKEN}\t{_TAG}") or (path.suffix == ".tsv" and first.startswith(f"{_TOKEN}\t"))


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a file.

    Raises:
        DocumentError: the head lacks a column, a line has fewer columns than the head, a tag is none.
    """
    columns: list[str] = []
    facts: dict[str, str] = {}
    assembly = _Page()
    for number, line in lines(path):
        if line.startswith("#") and "\t" not in line:
            key, equals, value = line.lstrip("# ").partition("=")
            key = key.strip().rpartition(":")[2]
            if equals and key == "document_id":
                yield from assembly.document(facts, path)
                assembly, facts = _Page(), {}
            facts[key] = value.strip()
        elif not columns:
            columns = line.split("\t")
            if missing := [name for name in (_TOKEN, _TAG) if name not in columns]:
                raise DocumentError(msg("the head lacks {missing}", missing=", ".join(missing)), path=path, line=number)
        elif line.strip():
            cells = line.split("\t")
            if len(cells) != len(columns):
                problem = msg(
                    "has {count} columns where the head has {columns}", count=len(cells), columns=len(columns)
                )
                raise DocumentError(problem, path=path, line=number)
            try:
                assembly.add(dict(zip(columns, cells, strict=True)))
            except ValueError as error:
                raise DocumentError(reason_of(error), path=path, line=number) from error
    if not columns:
        raise DocumentError(msg("has no head"), path=path, line=1)
    yield from assembly.document(facts, path)


class _Page:
    """A document as far as it has been read."""

    def __init__(self) -> None:
        self._assembly = Assembly()
        self._between = ""
        self._senses = False

    def add(self, row: dict[str, str]) -> None:
        """Add a token with its cells."""
        metonymic, metonymic_label = split_tag(row.get(_METONYMIC, "_"))
        self._senses = self._senses or row.get(_METONYMIC, "_") not in ("_", "-", "")
        label = split_tag(row[_TAG])[1]
        self._assembly.add(
            row[_TOKEN],
            row[_TAG],
            between=self._between,
            kind=kind_of_label(row.get(_FINE, "_")),
            sense=Sense.METONYMIC if metonymic != "O" and metonymic_label != label else None,
        )
        self._between = "" if "NoSpaceAfter" in row.get(_MISC, "").split("|") else " "

    def document(self, facts: dict[str, str], path: Path) -> Iterator[GoldDocument]:
        """Yield the document, if it has any text."""
        if not self._assembly.length:
            return
        text, names, others = self._assembly.finish(sense=Sense.LITERAL if self._senses else None)
        document = Document(
            text=text,
            language=facts.get("language") or language_of(path),
            date=facts.get("date", ""),
            source=path.name,
        )
        yield GoldDocument(id=facts.get("document_id", path.stem), document=document, names=names, others=others)
