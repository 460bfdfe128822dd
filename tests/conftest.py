"""What all tests share: where the material lies, a gazetteer built once, and skips that CI does not allow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

# Time is measured by the benchmarks, in turns: an example that takes long on a busy machine has not failed.
settings.register_profile("mapgen", deadline=None)
settings.load_profile("mapgen")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and facts that is no part of the product."""
    return Path(os.environ["MAPGEN_SHARED"])


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, not the user's; MAPGEN_TEST_HOME keeps one for speed."""
    kept = os.environ.get("MAPGEN_TEST_HOME")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("home")
    before = os.environ.get("MAPGEN_HOME")
    os.environ["MAPGEN_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["MAPGEN_HOME"]
    else:
        os.environ["MAPGEN_HOME"] = before


@pytest.fixture(scope="session")
def gazetteer(home: Path) -> Iterator[Gazetteer]:
    """The embedded gazetteer, without packs and places of one's own."""
    from mapgen.gazetteer import Gazetteer

    with Gazetteer.open(home=home) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def english() -> Iterator[None]:
    """Messages in English, whatever the language of who runs the tests; commands in other processes inherit it."""
    before = os.environ.get("MAPGEN_LANG")
    os.environ["MAPGEN_LANG"] = "en"
    yield
    if before is None:
        del os.environ["MAPGEN_LANG"]
    else:
        os.environ["MAPGEN_LANG"] = before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the shared material where there is none."""
    if "MAPGEN_SHARED" in os.environ:
        return
    skip = pytest.mark.skip(reason="MAPGEN_SHARED is not set: the shared corpora are not here")
    for item in items:
        if "shared" in item.keywords or "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(skip)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI (MAPGEN_NO_SKIP=1) a skipped test has failed: everything it needs is installed there."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("MAPGEN_NO_SKIP") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may skip: {report.longrepr}"


_HAD_BY = (
    ("MAPGEN_SHARED", "set MAPGEN_SHARED to the folder of corpora and facts"),
    ("MAPGEN_NOMINATIM", "run a Nominatim server as .ci/nominatim does"),
    ("hromium", "install Chromium and 'mapgen[test]'"),
    ("irefox", "install Firefox"),
    ("MkDocs", "pip install 'mapgen[docs]'"),
    ("node", "install Node.js and run npm install"),
    ("hires", "pip install 'mapgen[hires]'"),
    ("resvg", "pip install 'mapgen[png]'"),
    ("spa", "pip install 'mapgen[spacy]'"),
)
"""What a reason for skipping says, and how the test can be had."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was skipped and how to have it."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        way = next((way for word, way in _HAD_BY if word in reason), reason.removeprefix("Skipped: "))
        counts[way] = counts.get(way, 0) + 1
    if counts:
        parts = (f"{count} ({way})" for way, count in sorted(counts.items(), key=lambda item: -item[1]))
        terminalreporter.write_line(f"skipped: {'; '.join(parts)}")
