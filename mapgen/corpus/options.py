"""How a run over an archive is made, as one frozen object, and as keywords."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypedDict

from mapgen.corpus.model import Columns

__all__ = ["EXCERPTS", "RunFields", "RunOptions"]

EXCERPTS: Final = 50_000
"""Excerpts in a page, unless the user says otherwise."""


class RunFields(TypedDict, total=False):
    """The fields of `RunOptions` that `mapgen.Corpus.run` takes as keywords."""

    encoding: str
    engine: str
    jobs: int
    scheduler: str
    strict: bool
    restart: bool
    single_file: bool
    duplicates: bool
    title: str
    page_limit: int
    patience: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run is made. Tables depend on `columns`, `encoding` and `duplicates` alone (`mapgen.corpus.identity`).

    Attributes:
        columns: of tables; guessed where they are not named.
        encoding: of files; found out where it is not given.
        engine: "processes" or "dask".
        jobs: processes; one for each processor when 0.
        scheduler: address of a Dask scheduler.
        strict: whether the first document that fails ends the run.
        restart: whether earlier results are removed first.
        single_file: whether the parts of each table become one file.
        duplicates: whether near-duplicates are marked.
        title: of the page; the name of the folder when not given.
        page_limit: excerpts in the page.
        patience: seconds that a short document may take.
    """

    columns: Columns = field(default_factory=Columns)
    encoding: str = ""
    engine: str = "processes"
    jobs: int = 0
    scheduler: str = ""
    strict: bool = False
    restart: bool = False
    single_file: bool = False
    duplicates: bool = True
    title: str = ""
    page_limit: int = EXCERPTS
    patience: float = 120.0
