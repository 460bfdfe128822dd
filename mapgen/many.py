"""Many texts at once, in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Unpack

from mapgen.errors import InputError, OptionError
from mapgen.messages import msg
from mapgen.model import Document
from mapgen.pipeline import Geoparser
from mapgen.processes import in_processes, processors
from mapgen.results import Parsed
from mapgen.settings import Settings, SettingsFields

__all__ = ["parse_many"]


def parse_many(
    texts: Iterable[Document | str],
    *,
    jobs: int = 0,
    settings: Settings | None = None,
    failed: Callable[[Document | str, InputError], None] | None = None,
    **options: Unpack[SettingsFields],
) -> Iterator[Parsed]:
    """Parse texts in several processes, and yield the results in the order of the texts.

        for parsed in mapgen.parse_many(map(mapgen.read, paths), jobs=4, country="FR"):
            parsed.save(...)

    Texts are taken as they are needed, a few a process ahead of the caller, so that neither texts nor results pile up
    in memory. Each process has a gazetteer of its own; the results are those of `Geoparser.parse`. Processes are
    started anew, so that a script needs no `if __name__ == "__main__"`.

    Args:
        texts: documents, or strings, which are taken as they are. They are iterated over in other threads, one at a
            time.
        jobs: how many processes; one for each processor when 0; with 1 everything runs in this process.
        settings: the options; the defaults of `Settings` when not given.
        failed: called with a text that cannot be used and the reason; the others go on, and this one has no result.
            When not given, the first such text ends the iteration.
        options: fields of `Settings` by name; they win over `settings`.

    Raises:
        InputError: an option makes no sense; or, later, a text cannot be used and `failed` is not given.
        GazetteerError: the gazetteer can be neither opened nor built.
        ProcessesEndedError: processes end again and again at one text.
    """
    if isinstance(texts, (str, Document)):
        raise OptionError(msg("parse_many wants several texts: an iterable of documents or strings"))
    if jobs < 0:
        raise OptionError(msg("jobs is {jobs}: it is the number of processes, or 0 for one a processor", jobs=jobs))
    geoparser = Geoparser(settings, **options)
    return _parsed(geoparser, texts, jobs or processors(), failed)


def _parsed(
    geoparser: Geoparser,
    texts: Iterable[Document | str],
    jobs: int,
    failed: Callable[[Document | str, InputError], None] | None,
) -> Iterator[Parsed]:
    """Yield the results; the geoparser is closed at the end."""
    parse = _Parse(geoparser, keeps=failed is not None)
    with geoparser:
        results = map(parse, texts) if jobs == 1 else in_processes(parse, texts, jobs=jobs)
        for result in results:
            if isinstance(result, Parsed):
                yield result
            elif failed is not None:
                failed(*result)


class _Parse:
    """Parses one text. Its pickle holds the settings of the geoparser: another process opens the gazetteer anew.

    Args:
        geoparser: the geoparser.
        keeps: whether a text that cannot be used is returned with its error, which is raised otherwise.
    """

    def __init__(self, geoparser: Geoparser, *, keeps: bool) -> None:
        self._geoparser = geoparser
        self._keeps = keeps

    def __call__(self, text: Document | str) -> Parsed | tuple[Document | str, InputError]:
        try:
            return self._geoparser.parse(text)
        except InputError as error:
            if not self._keeps:
                raise
            return text, error
