"""What the results depend on beside the texts: noticed before the first task where it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mapgen import __version__
from mapgen.corpus.options import RunOptions
from mapgen.corpus.plan import Plan
from mapgen.messages import Message, joined, msg
from mapgen.settings import Settings

__all__ = ["changed", "identity_of"]

_READERS = ("ftfy", "htmldate", "lxml", "markdown-it-py", "openpyxl", "pypdfium2")
"""Libraries that decide what the text of a file is."""
_WORDS = {
    "version": msg("mapgen has changed"),
    "gazetteer": msg("the gazetteer has changed"),
    "packs": msg("the country packs have changed"),
    "settings": msg("the options have changed"),
    "files": msg("a file that an option names has changed"),
    "columns": msg("the columns have changed"),
    "plan": msg("the input has changed"),
    "libraries": msg("a library that reads files has changed"),
}
_NO_MATTER = ("home", "cache_bytes", "page_language", "packs_from")
"""Settings on which no result depends."""


def identity_of(
    settings: Settings, options: RunOptions, gazetteer: Any, plan: Plan | None, columns: Iterable[str]
) -> dict[str, Any]:
    """Return what the results depend on, as JSON-ready values.

    Args:
        settings: of the geoparser.
        options: of the run.
        gazetteer: the open gazetteer.
        plan: of the input, or None where documents are given one by one.
        columns: which columns of which tables are read, a line each.
    """
    values = {field.name: getattr(settings, field.name) for field in fields(settings) if field.name not in _NO_MATTER}
    values |= {"encoding": options.encoding, "no_duplicates": not options.duplicates}
    given = [each for value in values.values() for each in (value if isinstance(value, tuple) else (value,))]
    named = [each for each in given if isinstance(each, Path)]
    info = gazetteer.info()
    return {
        "version": __version__,
        "gazetteer": gazetteer.path.name if gazetteer.path is not None else "given",
        "packs": [*info.packs, f"{info.places} places in all"],
        "settings": {name: str(value) for name, value in values.items() if value not in ((), "", None, False)},
        "files": {str(path): _digest(path) for path in sorted(named)},
        "columns": list(columns),
        "plan": "" if plan is None else plan.fingerprint,
        "libraries": {name: _version(name) for name in _READERS},
    }


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> Message:
    """Return in one line what has changed between two runs, "" where nothing has."""
    differences: list[Message] = []
    for key, words in _WORDS.items():
        one, other = before.get(key), now.get(key)
        if one == other:
            continue
        differences.append(words if key == "plan" else words + f" ({_difference(one, other)})")
    return joined("; ", differences)


def _difference(one: Any, other: Any) -> str:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return f"{_shown(one)} → {_shown(other)}"
    names = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    return ", ".join(f"{name}: {_shown(one.get(name))} → {_shown(other.get(name))}" for name in names)


def _shown(value: Any) -> str:
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value or "")) or "none"


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return "missing"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
