"""An import runs only from a later part of the package to an earlier one, and no modules import each other.

All imports count: those inside functions, and those for types alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "mapgen"

ORDER = (
    "messages", "errors", "kinds", "certainty", "alignment", "addresses", "model", "geodesy", "files", "coordinates",
    "tables", "closing", "caches", "processes", "languages", "settings", "records", "reading", "gazetteer",
    "recognition", "corrections", "geocoding", "resolution", "missing_packs", "footprints", "rendering", "exports",
    "results", "arguments", "pipeline", "many", "corpus",
    "evaluation", "training", "examples", "doctor", "targets", "configuration", "options", "terminal", "session",
    "translated_help", "cli",
)  # fmt: skip
"""The parts of the package, each of which may import the parts before it: the pipeline, then what is built on it."""
BASIS = ORDER[: ORDER.index("languages")]
"""Single modules below the pipeline: they may import each other, as long as there is no cycle."""
COMMANDS = "_commands"
"""Modules of this ending hold commands of the command line: they come between `session` and `cli`."""
ANYWHERE = {"mapgen"}
"""`mapgen/__init__.py` has the version, and names the public parts without importing them."""


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(ROOT.rglob("*.py"))
    }


MODULES = modules()


def imported(name: str, path: Path) -> Iterator[tuple[str, int]]:
    """Yield the modules of the package that a module imports, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name.split(".")[0] == "mapgen")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            if node.module is None or node.module.split(".")[0] != "mapgen":
                continue
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if whole in MODULES else node.module), node.lineno


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def rank(part: str) -> float:
    return ORDER.index("cli") - 0.5 if part.endswith(COMMANDS) else ORDER.index(part)


def test_every_part_has_its_place() -> None:
    parts = {part_of(name) for name in MODULES} - ANYWHERE - {"__main__"}
    assert {part for part in parts if not part.endswith(COMMANDS)} <= set(ORDER)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - ANYWHERE - {"mapgen.__main__"}))
def test_imports_run_from_later_to_earlier_parts(name: str) -> None:
    own = part_of(name)
    wrong = [
        f"{MODULES[name]}:{line}: {name} imports {module}"
        for module, line in imported(name, MODULES[name])
        if module not in ANYWHERE
        and part_of(module) != own
        and not (own in BASIS and part_of(module) in BASIS)
        and rank(part_of(module)) >= rank(own)
    ]
    assert wrong == []


def test_nothing_at_run_time_imports_training() -> None:
    wrong = [
        f"{path}:{line}: {name} imports {module}"
        for name, path in MODULES.items()
        if part_of(name) != "training"
        for module, line in imported(name, path)
        if part_of(module) == "training"
    ]
    assert wrong == []


STEPS = ("tokens", "spans", "features", "classifier", "description")
"""The sub-packages of recognition in the order of execution."""


def test_a_step_of_recognition_imports_earlier_steps_alone() -> None:
    order = {f"mapgen.recognition.{step}": number for number, step in enumerate(STEPS)}
    wrong = [
        f"{path}:{line}: {name} imports {module}"
        for name, path in MODULES.items()
        for package, number in order.items()
        if name == package or name.startswith(package + ".")
        for module, line in imported(name, path)
        if module.startswith("mapgen.recognition") and order.get(".".join(module.split(".")[:3]), len(STEPS)) > number
    ]
    assert wrong == []


def test_no_modules_import_each_other() -> None:
    # A package's __init__ gathers the names of its modules, which may import each other but not the package.
    graph = {
        name: {module for module, _ in imported(name, path) if module != name and module not in ANYWHERE}
        for name, path in MODULES.items()
        if name not in ANYWHERE
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_import_of_a_later_part_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(
        "def late() -> None:\n    from mapgen.cli import app\n    import mapgen.pipeline\n", encoding="utf-8"
    )
    assert [module for module, _ in imported("mapgen.model", path)] == ["mapgen.cli", "mapgen.pipeline"]
    assert all(rank(part_of(module)) > rank("model") for module in ("mapgen.cli", "mapgen.pipeline"))
