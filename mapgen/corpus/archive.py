"""The way in from Python: `mapgen.Corpus`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from mapgen.corpus.extras import needed
from mapgen.corpus.model import Columns
from mapgen.corpus.options import EXCERPTS, RunFields, RunOptions
from mapgen.corpus.page import label_from, write_page
from mapgen.corpus.progress import Listener, Progress
from mapgen.corpus.run import Done, run
from mapgen.corpus.store import Store
from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer
from mapgen.messages import msg
from mapgen.model import Document
from mapgen.settings import Settings, SettingsFields

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Corpus"]


class Corpus:
    """An archive of texts and its results.

        corpus = mapgen.Corpus("archive/", "out/")
        corpus.run()
        corpus.places().to_pandas()

    Args:
        texts: paths, patterns or addresses; or any iterable of documents or strings, which is read once, as it is
            needed. A `Document` is named by its `source`.
        output: folder of the results, a path or an address of fsspec.
        settings: of the geoparser; the defaults of `Settings` when not given.
        columns: of tables, by what they hold ("text", "id", "date", "title", "source", "language"); guessed where
            they are not named.
        options: fields of `Settings` by name; they win over `settings`.

    Raises:
        OptionError: an option makes no sense.
    """

    def __init__(
        self,
        texts: str | Path | Iterable[str | Path] | Iterable[Document | str],
        output: str | Path,
        *,
        settings: Settings | None = None,
        columns: dict[str, str] | None = None,
        **options: Unpack[SettingsFields],
    ) -> None:
        self.settings = (settings or Settings()).changed(dict(options))
        self._texts = _paths(texts)
        self._output = str(output)
        try:
            self._columns = Columns(**(columns or {}))
        except TypeError as error:
            raise OptionError(
                msg("columns hold text, id, date, title, source, language: {error}", error=error)
            ) from None
        self._store = Store.at(self._output)

    def run(
        self,
        *,
        tell: Callable[[str], None] | None = None,
        progress: Listener | None = None,
        **options: Unpack[RunFields],
    ) -> Done:
        """Read the archive; what an earlier run has committed is kept.

        Args:
            tell: called with lines for the user: which columns are read.
            progress: called with how far the run is.
            options: fields of `mapgen.corpus.options.RunOptions` by name: `engine`, `jobs`, `strict`, `title`, …

        Raises:
            InputError: the input cannot be used, or what the results depend on has changed since they were begun.
            MapgenError: gazetteer, cluster or output fail; what is committed stays.
        """
        chosen = RunOptions(columns=self._columns, **options)
        return run(self._texts, self._output, self.settings, chosen, tell=tell or _silent, listen=progress or _unseen)

    def toponyms(self, columns: list[str] | None = None) -> pa.Table:
        """Return the table of toponyms (`mapgen.corpus.schemas.TOPONYMS`), which can be as large as the archive.

        Args:
            columns: only these.

        Raises:
            OptionError: there are no results yet.
        """
        return self._table("toponyms", columns)

    def documents(self, columns: list[str] | None = None) -> pa.Table:
        """Return the table of documents (`mapgen.corpus.schemas.DOCUMENTS`)."""
        return self._table("documents", columns)

    def places(self, columns: list[str] | None = None) -> pa.Table:
        """Return the table of places (`mapgen.corpus.schemas.PLACES`)."""
        return self._table("places", columns)

    def page(self, *, title: str = "", page_limit: int = EXCERPTS) -> str:
        """Write the page anew from the tables, and return its path or address.

        Raises:
            OutputError: it cannot be written.
        """
        with Gazetteer.open(home=self.settings.home, places=self.settings.places or None) as gazetteer:
            write_page(
                self._store, title=title, language=self.settings.page_language, limit=page_limit,
                label=label_from(gazetteer),
            )  # fmt: skip
        return self._store.path("corpus.html")

    def _table(self, name: str, columns: list[str] | None) -> pa.Table:
        pq = needed("pyarrow.parquet")
        path = f"{name}.parquet"
        if not self._store.is_folder(path) and self._store.read(path) is None:
            raise OptionError(
                msg("{output} has no table {path} yet: run the archive first", output=self._store.output, path=path)
            )
        system, inner = self._store.system(path)
        return pq.read_table(inner, columns=columns, filesystem=system)


def _paths(texts: Any) -> Any:
    """Paths as a tuple of strings; documents as they are."""
    if isinstance(texts, (str, Path)):
        return (str(texts),)
    if isinstance(texts, (list, tuple)) and texts and all(isinstance(each, (str, Path)) for each in texts):
        return tuple(map(str, texts))
    return texts


def _silent(line: str) -> None:
    """Tell nobody."""


def _unseen(progress: Progress) -> None:
    """Show nobody."""
