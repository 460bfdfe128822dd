"""The accuracy gate: `python -m mapgen.evaluation.gate` measures and fails where a figure is below its floor.

Floors are in `tests/accuracy/floors.toml`, each with the SHA-256 of its corpus: a figure over another text says
nothing of this one. `--raise` writes higher floors where more is reached; nothing is lowered but by `--lower NAME`,
which also takes a changed corpus for good.

Exit codes: 0 all hold, 1 one does not, 2 the file of floors or a corpus cannot be used.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapgen import __version__
from mapgen.errors import DocumentError, InputError, MapgenError, OptionError
from mapgen.evaluation.command import run_over
from mapgen.evaluation.figures import LESS_IS_BETTER
from mapgen.evaluation.run import Figure, Run
from mapgen.evaluation.subject import PackageSubject, Subject
from mapgen.files import write_aside
from mapgen.messages import msg

__all__ = ["Floor", "Verdict", "main", "read_floors", "verdicts"]

FLOORS = Path("tests/accuracy/floors.toml")
_DECIMALS = 1000
_REQUIRED = ("name", "corpus", "task", "metric", "sha256")

Opener = Callable[[], AbstractContextManager[Subject]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A figure that must be reached.

    Attributes:
        name: unique.
        corpus: path below the checkout, or below MAPGEN_SHARED.
        task: recognition, resolution or end-to-end.
        metric: name of the figure.
        bound: what must be reached: at least, or at most where less is better (`ceiling` in the file).
        sha256: of the corpus; "" where it has not been measured yet.
        shared: whether the corpus lies below MAPGEN_SHARED.
        split: the part of the corpus, or "".
        documents: how many documents from the beginning; 0 for all.
    """

    name: str
    corpus: str
    task: str
    metric: str
    bound: float
    sha256: str
    shared: bool = False
    split: str = ""
    documents: int = 0

    @property
    def measurement(self) -> tuple[bool, str, str, str, int]:
        """What floors that one measurement serves have in common."""
        return (self.shared, self.corpus, self.task, self.split, self.documents)

    def holds(self, value: float) -> bool:
        """Whether `value` is good enough."""
        return value <= self.bound if self.metric in LESS_IS_BETTER else value >= self.bound

    def bound_for(self, value: float) -> float:
        """The bound that `value` just reaches, with three decimals."""
        if self.metric in LESS_IS_BETTER:
            return math.ceil(value * _DECIMALS) / _DECIMALS
        return math.floor(value * _DECIMALS) / _DECIMALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A floor, measured.

    Attributes:
        floor: the floor.
        figure: what was reached, or None where the corpus is not here.
        sha256: of the corpus as it is, or "".
        problem: why it fails, or "".
    """

    floor: Floor
    figure: Figure | None
    sha256: str
    problem: str


def read_floors(path: Path) -> tuple[Floor, ...]:
    """Read the file of floors.

    Raises:
        OptionError: the file is missing, no TOML, or a floor lacks something.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OptionError(msg("there are no floors here; run the gate in the checkout"), path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OptionError(msg("is no TOML: {error}", error=error), path=path) from error
    floors = tuple(_floor(table, path) for table in data.get("floor", ()))
    for floor in floors:
        if sum(other.name == floor.name for other in floors) > 1:
            raise OptionError(msg("two floors are named {name!r}", name=floor.name), path=path)
    if not floors:
        raise OptionError(msg("holds no floors"), path=path)
    return floors


def _floor(table: dict[str, Any], path: Path) -> Floor:
    name = table.get("name", "?")
    bound = "ceiling" if table.get("metric") in LESS_IS_BETTER else "floor"
    if missing := [key for key in (*_REQUIRED, bound) if key not in table]:
        raise OptionError(msg("the floor {name!r} lacks {missing}", name=name, missing=", ".join(missing)), path=path)
    known = {key: value for key, value in table.items() if key != bound}
    if strange := sorted(set(known) - {*_REQUIRED, "shared", "split", "documents"}):
        raise OptionError(
            msg("the floor {name!r} has an unknown key: {strange}", name=name, strange=", ".join(strange)), path=path
        )
    return Floor(bound=float(table[bound]), **known)


def verdicts(
    floors: Sequence[Floor],
    opener: Opener,
    *,
    checkout: Path,
    shared: Path | None,
    said: Callable[[str], None] = lambda _line: None,
) -> list[Verdict]:
    """Measure every floor whose corpus is here; each corpus, task and part is measured once.

    Args:
        floors: what must be reached.
        opener: opens what is measured.
        checkout: folder of the project.
        shared: folder of the shared corpora, or None where there is none.
        said: called with what is being measured.

    Raises:
        DocumentError: a corpus of the checkout, or of a folder that is here, is missing or unsound.
    """
    runs: dict[tuple[bool, str, str, str, int], Run] = {}
    with opener() as subject:
        for floor in floors:
            base = shared if floor.shared else checkout
            if base is None or floor.measurement in runs:
                continue
            path = base / floor.corpus
            if not path.exists():
                raise DocumentError(msg("the corpus of the floor {name!r} is not there", name=floor.name), path=path)
            began = time.perf_counter()
            empty = Run(
                task=floor.task,
                corpus=path.name,
                sha256="",
                version=__version__,
                split=floor.split,
                limit=floor.documents,
            )
            run = run_over(path, subject, empty)
            runs[floor.measurement] = run
            said(f"{floor.task} {floor.corpus}: {run.documents} documents, {time.perf_counter() - began:.1f} s")
    return [_verdict(floor, runs.get(floor.measurement)) for floor in floors]


def _verdict(floor: Floor, run: Run | None) -> Verdict:
    if run is None:
        return Verdict(floor=floor, figure=None, sha256="", problem="")
    figure = run.figures.get(floor.metric)
    if figure is None:
        known = ", ".join(run.figures)
        raise OptionError(
            msg(
                "the floor {name!r}: {task} has no figure {metric!r}; it has {known}",
                name=floor.name,
                task=floor.task,
                metric=floor.metric,
                known=known,
            )
        )
    problem = ""
    if run.sha256 != floor.sha256:
        problem = f"the corpus has changed; --lower {floor.name} takes it for good"
    elif not floor.holds(figure.value):
        problem = "above its ceiling" if floor.metric in LESS_IS_BETTER else "below its floor"
    return Verdict(floor=floor, figure=figure, sha256=run.sha256, problem=problem)


def rewritten(text: str, changes: Iterable[Verdict]) -> str:
    """Return the file of floors with bounds and hashes as measured; every other character stays."""
    blocks = re.split(r"(?m)^(?=\[\[floor\]\])", text)
    for change in changes:
        assert change.figure is not None  # noqa: S101 - callers give measured ones only
        name = re.compile(rf'(?m)^name\s*=\s*"{re.escape(change.floor.name)}"')
        bound = f"{change.floor.bound_for(change.figure.value):.3f}"
        for number, block in enumerate(blocks):
            if name.search(block):
                block = re.sub(r"(?m)^((?:floor|ceiling)\s*=\s*)[-\d.eE]+", rf"\g<1>{bound}", block)
                blocks[number] = re.sub(r'(?m)^(sha256\s*=\s*)"[^"]*"', rf'\g<1>"{change.sha256}"', block)
    return "".join(blocks)


def main(arguments: Sequence[str] | None = None, *, opener: Opener = PackageSubject) -> int:
    """Run the gate and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m mapgen.evaluation.gate", description=__doc__.partition("\n")[0])
    parser.add_argument("--floors", type=Path, default=FLOORS, help=f"the file of floors ({FLOORS})")
    parser.add_argument("--raise", action="store_true", dest="higher", help="write higher floors where more is reached")
    parser.add_argument(
        "--lower", action="append", default=[], metavar="NAME", help="set this floor to what is reached"
    )
    options = parser.parse_args(arguments)
    try:
        return _gate(options.floors, higher=options.higher, lower=frozenset(options.lower), opener=opener)
    except MapgenError as error:
        print(f"gate: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except KeyboardInterrupt:
        print("gate: interrupted; the floors are unchanged", file=sys.stderr)  # noqa: T201
        return 130


def _gate(path: Path, *, higher: bool, lower: frozenset[str], opener: Opener) -> int:
    floors = read_floors(path)
    if unknown := lower - {floor.name for floor in floors}:
        raise InputError(msg("there is no floor named {unknown}", unknown=", ".join(sorted(unknown))), path=path)
    shared = Path(os.environ["MAPGEN_SHARED"]) if os.environ.get("MAPGEN_SHARED") else None
    if shared is None:
        _say("MAPGEN_SHARED is not set: only the corpora of the checkout are measured")
    checkout = path.resolve().parent.parent.parent
    found = verdicts(floors, opener, checkout=checkout, shared=shared, said=_say)
    for verdict in found:
        _say(_line(verdict, lowered=verdict.floor.name in lower))
    lowered = [verdict for verdict in found if verdict.floor.name in lower]
    if absent := [verdict.floor.name for verdict in lowered if verdict.figure is None]:
        raise InputError(msg("cannot be measured without MAPGEN_SHARED: {absent}", absent=", ".join(absent)), path=path)
    if any(verdict.problem for verdict in found if verdict not in lowered):
        return 1
    raised = [verdict for verdict in found if higher and _is_higher(verdict)]
    if lowered or raised:
        write_aside(path, rewritten(path.read_text(encoding="utf-8"), [*raised, *lowered]))
        _say(f"{path}: {len(raised)} raised, {len(lowered)} set")
    return 0


def _is_higher(verdict: Verdict) -> bool:
    """Whether the bound would become stricter."""
    if verdict.figure is None or verdict.problem:
        return False
    bound = verdict.floor.bound_for(verdict.figure.value)
    return bound != verdict.floor.bound and verdict.floor.holds(bound)


def _line(verdict: Verdict, *, lowered: bool) -> str:
    floor = verdict.floor
    sign = "≤" if floor.metric in LESS_IS_BETTER else "≥"
    if verdict.figure is None:
        return f"  –     {floor.name}: not measured"
    word = "set " if lowered else "FAIL" if verdict.problem else "ok  "
    problem = f"; {verdict.problem}" if verdict.problem and not lowered else ""
    return f"  {word}  {floor.name}: {verdict.figure.value:.4f} {sign} {floor.bound:.3f}{problem}"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
