"""mapgen reads a text, finds the places it names and draws them on one map that needs no network.

    import mapgen
    geoparser = mapgen.Geoparser(places="data/places.csv")
    parsed = geoparser.parse(mapgen.read("data/dispatch.txt"))
    parsed.save("output/dispatch.html")

The names below are the public interface; each is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"

__all__ = [
    "Annotated",
    "Corpus",
    "Corrections",
    "Document",
    "Gazetteer",
    "GazetteerGeocoder",
    "Geoparser",
    "Kind",
    "MapgenError",
    "Parsed",
    "Place",
    "Resolution",
    "Sense",
    "Settings",
    "Toponym",
    "parse_many",
    "read",
    "show_versions",
]

_HOMES = {
    "Annotated": "results",
    "Corpus": "corpus.archive",
    "Corrections": "corrections",
    "Document": "model",
    "Gazetteer": "gazetteer",
    "GazetteerGeocoder": "geocoding",
    "Geoparser": "pipeline",
    "Kind": "model",
    "MapgenError": "errors",
    "Parsed": "results",
    "Place": "model",
    "Resolution": "model",
    "Sense": "model",
    "Settings": "settings",
    "Toponym": "model",
    "parse_many": "many",
    "read": "reading",
    "show_versions": "doctor",
}

if TYPE_CHECKING:
    from mapgen.corpus.archive import Corpus
    from mapgen.corrections import Corrections
    from mapgen.doctor import show_versions
    from mapgen.errors import MapgenError
    from mapgen.gazetteer import Gazetteer
    from mapgen.geocoding import GazetteerGeocoder
    from mapgen.many import parse_many
    from mapgen.model import Document, Kind, Place, Resolution, Sense, Toponym
    from mapgen.pipeline import Geoparser
    from mapgen.reading import read
    from mapgen.results import Annotated, Parsed
    from mapgen.settings import Settings


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: `import mapgen` itself opens and loads nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
