"""Write the bill of materials that the wheel carries: `python release/sbom.py` makes release/mapgen.cdx.json.

CycloneDX 1.6, made from pyproject.toml and licences.toml alone: the same bytes on every machine. A requirement has
no version: which one is installed is known where mapgen is installed, and `mapgen doctor` tells it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BILL = ROOT / "release" / "mapgen.cdx.json"
_UNLISTED = ("test", "dev", "docs")


def project() -> dict[str, Any]:
    """Return the table `project` of pyproject.toml."""
    read: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return read


def licences() -> dict[str, Any]:
    """Return the tables of licences.toml."""
    return tomllib.loads((ROOT / "release" / "licences.toml").read_text(encoding="utf-8"))


def requirements() -> dict[str, tuple[str, str]]:
    """Return, by name, the requirement of each package that a user can install, and the extra that asks for it."""
    about = project()
    asked = [("", line) for line in about["dependencies"]]
    for extra, lines in about["optional-dependencies"].items():
        if extra not in _UNLISTED:
            asked += [(extra, line) for line in lines]
    found: dict[str, tuple[str, str]] = {}
    for extra, line in asked:
        name = re.match(r"[\w.-]+", line)
        if name is not None and name[0] != about["name"]:
            found.setdefault(name[0], (line, extra))
    return dict(sorted(found.items()))


def bill() -> str:
    """Return the bill of materials as JSON text."""
    about = project()
    own = f"pkg:pypi/{about['name']}@{about['version']}"
    components = [*_packages(), *_sources(), *_data()]
    needed = [each["bom-ref"] for each in components if each.get("scope") == "required"]
    return (
        json.dumps(
            {
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {
                    "component": {
                        "type": "application",
                        "bom-ref": own,
                        "name": about["name"],
                        "version": about["version"],
                        "purl": own,
                        "licenses": [{"expression": about["license"]}],
                    },
                    "properties": [
                        {"name": f"mapgen:{name}", "value": text} for name, text in licences()["references"].items()
                    ],
                },
                "components": components,
                "dependencies": [{"ref": own, "dependsOn": needed}],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _packages() -> Iterator[dict[str, Any]]:
    known = licences()["requirements"]
    for name, (line, extra) in requirements().items():
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}",
            "name": name,
            "purl": f"pkg:pypi/{name}",
            "scope": "optional" if extra else "required",
            "licenses": [{"expression": known[name]}],
            "properties": [
                {"name": "mapgen:requirement", "value": line},
                *([{"name": "mapgen:extra", "value": extra}] if extra else []),
            ],
        }


def _sources() -> Iterator[dict[str, Any]]:
    for source in licences()["source"]:
        yield {
            "type": "data",
            "bom-ref": f"source:{source['name']}",
            "name": source["name"],
            "description": source["used"],
            "licenses": [{"expression": source["licence"]}],
            "properties": [{"name": "mapgen:by", "value": name} for name in source["by"]],
        }


def _data() -> Iterator[dict[str, Any]]:
    for data in licences()["data"]:
        for pattern in data["files"]:
            yield {
                "type": "data",
                "bom-ref": f"file:{pattern}",
                "name": pattern,
                "licenses": [{"expression": data["licence"]}],
                "properties": [{"name": "mapgen:from", "value": source} for source in data["from"]],
            }


if __name__ == "__main__":
    BILL.write_text(bill(), encoding="utf-8", newline="\n")
