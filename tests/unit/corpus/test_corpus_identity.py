"""What the results of an archive depend on is noted, and a change of any of it is told in one line."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_type_hints

import pytest

from mapgen.corpus import identity
from mapgen.corpus.options import RunFields, RunOptions
from mapgen.corpus.plan import Plan
from mapgen.settings import Settings

PLAN = Plan(partitions=2, documents=9, bytes=1000, fingerprint="0123456789abcdef")


def noted(
    settings: Settings | None = None, options: RunOptions | None = None, *, name: str = "one", **changes: Any
) -> dict[str, Any]:
    info = SimpleNamespace(packs=("FR",), places=7)
    gazetteer = SimpleNamespace(path=Path(name), info=lambda: info)
    return identity.identity_of(
        settings or Settings(), options or RunOptions(), gazetteer,
        changes.get("plan", PLAN), changes.get("columns", ["a.csv: text from 'text'"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (noted(name="two"), "the gazetteer has changed (one → two)"),
        (noted(Settings(country="FR")), "the options have changed (country: none → FR)"),
        (noted(options=RunOptions(encoding="cp1252")), "the options have changed (encoding: none → cp1252)"),
        (noted(options=RunOptions(duplicates=False)), "the options have changed (no_duplicates: none → True)"),
        (noted(plan=dataclasses.replace(PLAN, fingerprint="f")), "the input has changed"),
        (noted(columns=["a.csv: text from 'body'"]), "the columns have changed (a.csv: text from 'text' → a.csv"),
    ],
)
def test_a_change_is_told_in_one_line(now: dict[str, Any], told: str) -> None:
    line = identity.changed(noted(), now)
    assert line.startswith(told)
    assert "\n" not in line


def test_versions_and_contents_of_files_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text("name,decision\nParis,no-place\n", encoding="utf-8")
    settings = Settings(corrections=(decided,))
    before = noted(settings)
    assert identity.changed(before, noted(settings)) == ""
    decided.write_text("name,decision\nLyon,no-place\n", encoding="utf-8")
    assert f"a file that an option names has changed ({decided}: " in identity.changed(before, noted(settings))
    monkeypatch.setattr(identity, "__version__", "0.9")
    monkeypatch.setattr(identity, "_version", lambda name: f"{name} of another year")
    line = identity.changed(before, noted(settings))
    assert line.startswith("mapgen has changed (")
    assert "a library that reads files has changed" in line


def test_what_no_result_depends_on_may_change(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache_bytes=1 << 24, page_language="es")
    options = RunOptions(jobs=7, title="Autre", page_limit=3, strict=True, single_file=True, patience=1.0)
    assert identity.changed(noted(), noted(settings, options)) == ""


def test_every_option_of_a_run_is_a_keyword_and_is_documented() -> None:
    fields = {field.name for field in dataclasses.fields(RunOptions)}
    assert set(get_type_hints(RunFields)) == fields - {"columns"}
    documented = inspect.getdoc(RunOptions) or ""  # Python 3.13 leaves the indentation out by itself
    assert all(f"\n    {name}: " in documented for name in fields)
