"""Joins the page's scripts and styles: Leaflet from its Python package, and the files in `static/`.

The scripts are ES modules for the editor, the linter and the tests. A page cannot import from a second file, so they
are joined in the order of their imports, in one scope: the keywords `import` and `export` are removed, and no two
modules may use the same name at their top level. Comments are removed, and with them the types; in a page also white
space (rjsmin, rcssmin).
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from importlib.resources import files

import rcssmin
import rjsmin

__all__ = [
    "added_script",
    "digest",
    "leaflet_script",
    "leaflet_style",
    "own_script",
    "own_style",
    "page_scripts",
    "page_styles",
]

_IMPORT = re.compile(r'^import \{[^}]*\} from "\.{1,2}/([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_NAMED = re.compile(r"^(?:(?:async )?function|const|let|class) (\w+)|^(?:const|let) [\[{]([^=]*)[\]}] =", re.MULTILINE)
_COMMENT = re.compile(
    r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n|/\*\* @\w+ (?:[^*]|\*(?!/))*\*/ ?|[ \t]+// [^\n]*", re.MULTILINE
)
_BLANK = re.compile(r"\n{2,}")
_IMAGE = re.compile(r"url\((?!#|data:)[^)]*\)")
_SOURCE_MAP = re.compile(r"^//[#@] sourceMappingURL=.*$", re.MULTILINE)

STYLES = ("base", "text", "map", "card", "places", "small", "print")
"""Style sheets of the page of one text, in their order."""
ARCHIVE_STYLES = ("base", "text", "map", "card", "places", "archive/archive")
"""Those of the page of an archive."""
COMPARISON_STYLES = ("base", "places", "comparison/comparison")
"""Those of the page of a comparison."""
_STYLES = {"": STYLES, "archive": ARCHIVE_STYLES, "comparison": COMPARISON_STYLES}


def digest(content: str) -> str:
    """Return the source expression of a script or style for a Content-Security-Policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"


@lru_cache(maxsize=2)
def own_script(page: str = "") -> str:
    """Return all modules of `static/` that `main.js` of a page needs, as one script with its own scope.

    Args:
        page: folder of the page below `static/`; "" for the page of one text. A module of that folder stands for the
            one of the same name in `static/` (`data.js`).

    Raises:
        ValueError: two modules use one name at their top level.
    """
    done: list[str] = []
    parts: list[str] = []
    owners: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        done.append(name)
        source = _module(name, page)
        for needed in _IMPORT.findall(source):
            add(needed)
        body = _BLANK.sub("\n", _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source))))
        for one, several in _NAMED.findall(body):
            for word in re.findall(r"\w+", one or several):
                if owners.setdefault(word, name) != name:
                    raise ValueError(f"{name}.js and {owners[word]}.js both have a {word} at their top level")
        parts.append(body.strip("\n"))

    add("main")
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _module(name: str, page: str) -> str:
    folder = files("mapgen.rendering") / "static"
    own = folder / page / f"{name}.js"
    return (own if page and own.is_file() else folder / f"{name}.js").read_text(encoding="utf-8")


@lru_cache(maxsize=3)
def own_style(page: str = "") -> str:
    """Return the style sheet of a page; see `own_script`."""
    folder = files("mapgen.rendering") / "static"
    names = _STYLES[page]
    return "\n".join(folder.joinpath(*f"{name}.css".split("/")).read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Return Leaflet, without the address of its source map."""
    return _SOURCE_MAP.sub("", _packaged("leaflet", "leaflet.js"))


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Return Leaflet's style sheet without its pictures, which the page does not use and would have to load."""
    return _IMAGE.sub("none", _packaged("leaflet", "leaflet.css"))


@lru_cache(maxsize=2)
def page_scripts(page: str = "") -> tuple[str, ...]:
    """Return the scripts of a page: Leaflet, and our own without white space; see `own_script`."""
    return (leaflet_script(), str(rjsmin.jsmin(own_script(page))))


@lru_cache(maxsize=3)
def page_styles(page: str = "") -> tuple[str, ...]:
    """Return the style sheets of a page, Leaflet's and our own, without white space; see `own_script`."""
    return tuple(str(rcssmin.cssmin(style)) for style in (leaflet_style(), own_style(page)))


@lru_cache(maxsize=1)
def added_script() -> str:
    """Return what layers that folium adds need, to run after the page's scripts."""
    return "(() => {\n" + str(rjsmin.jsmin(_COMMENT.sub("", _module("main", "folium")))) + "\n})();\n"


def _packaged(package: str, name: str) -> str:
    return (files(f"xstatic.pkg.{package}") / "data" / name).read_text(encoding="utf-8")
