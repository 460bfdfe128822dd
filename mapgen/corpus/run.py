"""One run over an archive: plan, tasks, tables of the whole; and the next run goes on where this one ends."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from mapgen import __version__
from mapgen.corpus.duplicates import mark_duplicates
from mapgen.corpus.engines import Engine, engine_of
from mapgen.corpus.extras import needed
from mapgen.corpus.identity import changed, identity_of
from mapgen.corpus.model import Job, Partition
from mapgen.corpus.options import RunOptions
from mapgen.corpus.page import label_from, write_page
from mapgen.corpus.plan import FILE, Plan, difference, make_plan, partitions_of, read_plan
from mapgen.corpus.progress import Listener, Meter, Progress
from mapgen.corpus.single import finish_single, make_single
from mapgen.corpus.sources import Inline, Inputs, Source, inline_pieces, inputs_of
from mapgen.corpus.store import Store
from mapgen.corpus.summary import totals, write_places
from mapgen.corpus.task import open_geoparser
from mapgen.errors import OptionError, OutputError
from mapgen.gazetteer import Gazetteer
from mapgen.messages import msg, reason_of
from mapgen.settings import Settings

__all__ = ["Done", "run"]

_FORMAT = 1
_NEW_PLAN = "plan.new.jsonl"
_INLINE_BYTES = 1_000_000
_RESULTS = ("commits", "attempts", "toponyms.parquet", "documents.parquet", "signatures.parquet", "places.parquet",
            "single", "corpus.html", "run.json", FILE, _NEW_PLAN)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run has come to.

    Attributes:
        totals: of the archive (`mapgen.corpus.summary.totals`).
        places: how many places.
        seconds: wall time of this run.
        cpu: seconds of processors that the tasks of this run took.
    """

    totals: dict[str, Any]
    places: int
    seconds: float
    cpu: float


def run(
    given: Iterable[Any],
    output: str,
    settings: Settings,
    options: RunOptions,
    *,
    tell: Callable[[str], None],
    listen: Listener,
    opener: Any = open_geoparser,
) -> Done:
    """Read an archive and write its tables; what an earlier run has committed is kept.

    Args:
        given: a tuple of paths, patterns and addresses; or documents of any iterable, which is read once.
        output: folder of the results, a path or an address of fsspec.
        settings: of the geoparser.
        options: of the run.
        tell: called with lines for the user.
        listen: called with the progress.
        opener: makes the geoparser of a worker.

    Raises:
        InputError: the input or an option cannot be used, or what results depend on has changed.
        MapgenError: gazetteer, cluster or output fail; what is committed stays.
    """
    for library in ("pyarrow", "duckdb", "fsspec", *(["rensa"] if options.duplicates else [])):
        needed(library)
    engine = engine_of(options.engine, jobs=options.jobs, scheduler=options.scheduler)
    begun = time.monotonic()
    paths = given if isinstance(given, tuple) and all(isinstance(each, str) for each in given) else None
    _check_reach((*(paths or ()), output))
    if paths is not None:
        _check_apart(paths, output)
    store = Store.at(output)
    with _alone(store):
        store.tidy()
        if options.restart:
            for name in _RESULTS:
                store.remove(name)
        work = _Work(store, settings.absolute(), options, listen)
        partitions = work.planned(paths, tell) if paths is not None else work.streamed(given)
        cpu = work.read(engine, partitions, opener)
        return work.finish(begun, cpu)


def _check_reach(paths: tuple[str, ...]) -> None:
    """Refuse what workers cannot reach, as they are other processes.

    Raises:
        OptionError: a path lies in the memory of this one.
    """
    for path in paths:
        if path.startswith("memory://"):
            raise OptionError(
                msg("{path} lies in the memory of one process, and the workers are others: name a folder", path=path)
            )


def _check_apart(paths: tuple[str, ...], output: str) -> None:
    """Refuse results inside the input, which the next run would read, and an output that is an input.

    Raises:
        OptionError: they are not apart.
    """
    out = Store.at(output).local
    for path in paths:
        own = Store.at(path).local
        if own is not None and out is not None and own.resolve() in (out.resolve(), *out.resolve().parents):
            raise OptionError(
                msg("the output {output} lies in the input {path}: name another folder", output=output, path=path)
            )


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """Keep a second run out of the folder.

    Raises:
        OutputError: another run works there, or the folder cannot be made.
    """
    if store.local is None:
        yield
        return
    try:
        store.local.mkdir(parents=True, exist_ok=True)
        with FileLock(store.local / ".lock").acquire(timeout=0):
            yield
    except Timeout:
        raise OutputError(msg("another run writes into this folder"), path=store.local) from None
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise OutputError(msg("cannot be made: {reason}", reason=reason_of(error)), path=store.local) from error


class _Work:
    """The steps of one run."""

    def __init__(self, store: Store, settings: Settings, options: RunOptions, listen: Listener) -> None:
        self._store = store
        self._settings = settings
        self._options = options
        self._listen = listen
        self._sources: list[Source] = [Inline()]
        self._gazetteer = ""
        self._total = 0
        self._record: dict[str, Any] = {}

    def planned(self, given: tuple[str, ...], tell: Callable[[str], None]) -> Iterator[Partition]:
        """Plan an input of files, compare with an earlier run, and return its partitions."""
        self._listen(Progress(step="plan"))
        inputs = inputs_of(given, self._options.columns, self._options.encoding)
        before = self._store.read_json("run.json")
        name = FILE if before is None else _NEW_PLAN
        plan = make_plan(inputs.pieces(), self._store, name)
        for guess in inputs.guesses:
            tell(guess)
        self._begin(before, plan, inputs)
        self._store.remove(_NEW_PLAN)
        self._sources = inputs.sources
        self._total = plan.documents
        return read_plan(self._store)

    def streamed(self, documents: Iterable[Any]) -> Iterator[Partition]:
        """Compare with an earlier run, and return the partitions of documents that a program gives."""
        self._begin(self._store.read_json("run.json"), None, None)
        return partitions_of(inline_pieces(documents), _INLINE_BYTES)

    def _begin(self, before: Any, plan: Plan | None, inputs: Inputs | None) -> None:
        with Gazetteer.open(home=self._settings.home, places=self._settings.places or None) as gazetteer:
            guesses = inputs.guesses if inputs is not None else ()
            identity = identity_of(self._settings, self._options, gazetteer, plan, guesses)
            self._gazetteer = identity["gazetteer"]
        if before is not None:
            self._compare(before, identity)
            self._record = before
            return
        self._record = {
            "format": _FORMAT,
            "mapgen": __version__,
            "input": list(inputs.given) if inputs is not None else "documents",
            "partitions": None if plan is None else plan.partitions,
            "state": "reading",
            "identity": identity,
        }
        self._store.write_json("run.json", self._record)

    def _compare(self, before: Any, identity: dict[str, Any]) -> None:
        """Refuse to mix results.

        Raises:
            OptionError: what they depend on has changed.
        """
        if not isinstance(before, dict) or before.get("format") != _FORMAT:
            raise OptionError(
                msg(
                    "{output} holds results of another version: give --restart to begin anew", output=self._store.output
                )
            )
        what = changed(before["identity"], identity)
        if not what:
            return
        if before["identity"]["plan"] != identity["plan"] and before["identity"]["plan"] and identity["plan"]:
            what += f" ({difference(self._store, FILE, _NEW_PLAN)})"
        raise OptionError(
            msg(
                "since {output} was begun, {what}: give --restart to begin anew, or another folder",
                output=self._store.output,
                what=what,
            )
        )

    def read(self, engine: Engine, partitions: Iterator[Partition], opener: Any) -> float:
        """Run the tasks that are left; return the seconds of processors that they took."""
        meter = Meter(self._listen, self._total)
        job = Job(
            output=self._store.output,
            session=secrets.token_hex(8),
            settings=self._settings,
            sources=tuple(self._sources),
            opener=opener,
            gazetteer=self._gazetteer,
            encoding=self._options.encoding,
            strict=self._options.strict,
            signatures=self._options.duplicates,
            patience=self._options.patience,
        )
        done = dict(self._store.committed())
        meter.tell()
        for report in engine.run(job, _left(partitions, done, meter)):
            self._record["state"] = "reading"
            meter.add(report)
        self._store.remove("attempts")
        return meter.cpu

    def finish(self, begun: float, cpu: float) -> Done:
        """Write what comes of all documents together."""
        if self._record["state"] == "single":
            finish_single(self._store)
        if self._options.duplicates:
            self._listen(Progress(step="duplicates"))
            mark_duplicates(self._store)
        self._listen(Progress(step="places"))
        places = write_places(self._store)
        counts = totals(self._store)
        self._page()
        if self._options.single_file:
            make_single(self._store)
            self._store.write_json("run.json", self._record | {"state": "single"})
            finish_single(self._store)
        seconds = time.monotonic() - begun
        self._store.write_json(
            "run.json",
            self._record | {"state": "done", "places": places, "totals": counts, "seconds": round(seconds, 3)},
        )
        return Done(totals=dict(counts), places=places, seconds=seconds, cpu=cpu)

    def _page(self) -> None:
        self._listen(Progress(step="page"))
        with Gazetteer.open(home=self._settings.home, places=self._settings.places or None) as gazetteer:
            write_page(
                self._store,
                title=self._options.title,
                language=self._settings.page_language,
                limit=self._options.page_limit,
                label=label_from(gazetteer),
            )


def _left(partitions: Iterable[Partition], done: dict[int, Any], meter: Meter) -> Iterator[Partition]:
    """The partitions that are not committed; the others are counted."""
    for partition in partitions:
        commit = done.get(partition.number)
        if commit is not None and commit["fingerprint"] == partition.fingerprint:
            meter.earlier(commit)
        else:
            yield partition
