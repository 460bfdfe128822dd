"""The bill of materials: made by its script, complete, and in agreement with what the packages say of themselves."""

from __future__ import annotations

import importlib.metadata
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from packaging.licenses import canonicalize_license_expression

ROOT = Path(__file__).parent.parent.parent
SBOM: dict[str, Any] = runpy.run_path(str(ROOT / "release" / "sbom.py"))
BILL = json.loads(SBOM["bill"]())
NAMES = list(SBOM["requirements"]())
CODE = {".py", ".js", ".ts", ".css", ".sql", ".j2", ".pyc", ".typed"}


def test_the_bill_is_that_of_the_script() -> None:
    assert (ROOT / "release" / "mapgen.cdx.json").read_text(encoding="utf-8") == SBOM["bill"](), (
        "release/mapgen.cdx.json is out of date; renew it with: python release/sbom.py"
    )


def test_every_requirement_has_a_licence_and_no_other() -> None:
    assert sorted(SBOM["licences"]()["requirements"]) == sorted(NAMES)


def test_every_licence_is_an_spdx_expression_and_every_reference_explained() -> None:
    parts = [BILL["metadata"]["component"], *BILL["components"]]
    expressions = [licence["expression"] for part in parts for licence in part["licenses"]]
    assert len(expressions) == len(parts) > 50
    for expression in expressions:
        assert canonicalize_license_expression(expression) == expression
    used = set(re.findall(r"LicenseRef-[\w-]+", " ".join(expressions)))
    assert used == set(SBOM["licences"]()["references"])


def test_every_file_of_data_is_in_the_bill() -> None:
    patterns = [part["name"] for part in BILL["components"] if part["bom-ref"].startswith("file:")]
    files = {pattern: set(ROOT.glob(pattern)) for pattern in patterns}
    assert all(files.values()), "a pattern of release/licences.toml finds nothing"
    data = {
        path
        for path in (ROOT / "mapgen").rglob("*")
        if path.is_file() and path.suffix not in CODE and "samples" not in path.parts
    }
    assert sum(map(len, files.values())) == len(data)
    assert set().union(*files.values()) == data


@pytest.mark.parametrize("name", NAMES)
def test_the_licence_is_the_one_that_the_package_states(name: str) -> None:
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"needs {name} (pip install 'mapgen[dev]')")
    stated = " ".join(
        [
            about.get("License-Expression") or "",
            (about.get("License") or "").split("\n")[0][:60],
            *(line for line in about.get_all("Classifier") or [] if line.startswith("License ::")),
        ]
    ).lower()
    families = {
        word
        for part in SBOM["licences"]()["requirements"][name].lower().split(" and ")
        for word in (part.split("-")[0],)
    } & {"mit", "bsd", "apache", "lgpl"}
    if not re.search(r"\b(mit|bsd|apache|l?gpl|gnu)", stated):
        return  # the package states none: release/licences.toml has it from the package's own files
    assert families <= set(re.findall(r"mit|bsd|apache|lgpl", stated)), stated
    assert ("gpl" in stated or "gnu" in stated) == ("lgpl" in families)
