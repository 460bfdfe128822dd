"""The documentation site is built without a warning, asks no network, and shows what the package is."""

from __future__ import annotations

import importlib.util
import os
import re
import runpy
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import mapgen

ROOT = Path(__file__).parent.parent.parent
ARCHITECTURE = runpy.run_path(str(ROOT / "docs" / "architecture.py"))


class Loaded(HTMLParser):
    """Gathers what a browser fetches by itself when it opens a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") in ("canonical", "next", "prev", "license"):
            return
        self.addresses += [values[name] or "" for name in ("src", "srcset", "poster", "data") if values.get(name)]
        if tag in ("link", "image", "use"):
            self.addresses += [values[name] or "" for name in ("href", "xlink:href") if values.get(name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """The built site: MAPGEN_SITE, as `.ci/run` has built it, or one built here."""
    if "MAPGEN_SITE" in os.environ:
        return Path(os.environ["MAPGEN_SITE"])
    if importlib.util.find_spec("material") is None or importlib.util.find_spec("mkdocstrings") is None:
        pytest.skip("MkDocs is not installed: pip install 'mapgen[docs]'")
    made = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(made)],
        cwd=ROOT,
        env=os.environ | {"MAPGEN_HOME": str(home), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_a_page_asks_no_network(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 25
    for page in pages:
        loaded = Loaded()
        loaded.feed(page.read_text(encoding="utf-8"))
        if page.parent.name != "gallery" or page.stem == "index":  # those of the gallery are maps, each one file
            assert any(address.endswith(".css") for address in loaded.addresses), page
        outside = [each for each in loaded.addresses if re.match(r"(?:[a-z]+:)?//", each)]
        assert outside == [], page
        missing = [
            each
            for each in loaded.addresses
            if not each.startswith(("data:", "#")) and not (page.parent / unquote(each.split("?")[0])).exists()
        ]
        assert missing == [] or page.name == "404.html", page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text(encoding="utf-8")), style


def test_the_reference_has_every_public_name(site: Path) -> None:
    page = (site / "reference" / "python.html").read_text(encoding="utf-8")
    for name in mapgen.__all__:
        assert f'id="mapgen.{name}"' in page, name


def test_the_explanations_show_maps_of_the_program(site: Path) -> None:
    for name in ("explanation/estimates", "explanation/footprints", "outlines"):
        page = (site / f"{name}.html").read_text(encoding="utf-8")
        assert 'src="data:image/svg+xml;base64,' in page
        assert "<!-- map:" not in page


def test_the_architecture_is_drawn_from_the_imports(site: Path) -> None:
    page = (site / "explanation" / "architecture.html").read_text(encoding="utf-8")
    parts = ARCHITECTURE["parts"]()
    names = [part.name for part in parts]
    assert {"model", "recognition", "resolution", "pipeline", "cli"} <= set(names)
    for position, part in enumerate(parts):
        assert part.purpose, part.name
        assert part.imports <= set(names[:position]), part.name
        assert f"<td><code>{part.name}</code></td>" in page
        for other in part.imports:
            assert f"<title>{part.name} imports {other}</title>" in page
    assert "<div>\n<svg" in page
    assert page.count(" imports ") >= sum(len(part.imports) for part in parts)


def test_every_page_is_in_the_navigation() -> None:
    written = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert f": {page.relative_to(ROOT / 'docs').as_posix()}\n" in written, page


def test_the_documentation_has_an_extra_of_its_own() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {re.split(r"[>\[<]", each)[0] for each in extras["docs"]} == {"mkdocs-material", "mkdocstrings"}
