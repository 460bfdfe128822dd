"""The packages of resolution import only in the order of execution."""

import ast
from pathlib import Path

import pytest

import mapgen.resolution

ROOT = Path(mapgen.resolution.__file__).parent
ORDER = ("arrays", "features", "candidates", "evidence", "ranking", "rules", "parts", "resolver")
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def imported(path: Path) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {module.split(".")[2] for module in modules if module.startswith("mapgen.resolution.")}


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_no_later_one(package: str) -> None:
    own = [path for path in MODULES if path.parts[0].removesuffix(".py") == package]
    assert own
    later = set(ORDER[ORDER.index(package) + 1 :]) | {"explain"}
    assert {str(path): imported(path) & later for path in own} == {str(path): set() for path in own}


def test_every_module_has_its_step() -> None:
    assert {path.parts[0].removesuffix(".py") for path in MODULES} == {*ORDER, "__init__", "explain"}


@pytest.mark.parametrize("package", ["candidates", "evidence", "ranking", "rules"])
def test_later_steps_import_what_a_package_exports(package: str) -> None:
    exported = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    names = {
        element.value
        for node in exported.body
        if isinstance(node, ast.Assign)
        for element in getattr(node.value, "elts", ())
    }
    used: set[str] = set()
    for path in MODULES:
        if path.parts[0] == package:
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"mapgen.resolution.{package}"):
                assert node.module == f"mapgen.resolution.{package}", f"{path} reaches into {node.module}"
                used |= {alias.name for alias in node.names}
    assert names == used, "a package exports what later steps use and nothing else"
