from __future__ import annotations

import re
from importlib.resources import files

from mapgen.rendering.assets import STYLES, digest, leaflet_script, leaflet_style, own_script, own_style, page_scripts

STATIC = files("mapgen.rendering") / "static"


def test_every_module_is_joined_once_and_after_what_it_imports() -> None:
    script = own_script()
    sources = {
        item.name[:-3]: item.read_text(encoding="utf-8") for item in STATIC.iterdir() if item.name.endswith(".js")
    }
    named = {
        name: re.findall(r"^(?:export )?(?:function|const|class) (\w+)", text, re.MULTILINE)
        for name, text in sources.items()
    }
    places = {}
    for name, words in named.items():
        starts = [re.findall(rf"^(?:function|const|class) {word}\b", script, re.MULTILINE) for word in words]
        assert all(len(found) == 1 for found in starts), name
        first = re.search(rf"^{starts[0][0]}\b", script, re.MULTILINE)
        assert first is not None, name
        places[name] = first.start()
    for name, source in sources.items():
        for needed in re.findall(r'from "\./(\w+)\.js"', source):
            assert places[needed] < places[name]


def test_no_import_export_or_comment_is_left() -> None:
    script = own_script()
    assert not re.search(r"^\s*(?:import|export) |^\s*//|^\s*/\*\*|\s// ", script, re.MULTILINE)
    assert "http://www.w3.org/1999/xhtml" in script, "two slashes in a string are no comment"


def test_our_own_script_grows_no_further() -> None:
    """The modules joined, without comments, types and imports; and what a page carries, without white space too."""
    assert len(own_script().encode()) <= 110_000
    assert len(page_scripts()[1].encode()) < 93_000


def test_every_style_is_in() -> None:
    assert sorted(f"{name}.css" for name in STYLES) == sorted(
        item.name for item in STATIC.iterdir() if item.name.endswith(".css")
    )
    assert "</style" not in own_style()


def test_leaflet_asks_for_nothing() -> None:
    assert "sourceMappingURL" not in leaflet_script()
    assert not re.search(r"url\((?!#)", leaflet_style())
    assert "</script" not in leaflet_script() + own_script()


def test_digest_is_what_browsers_compute() -> None:
    assert digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
