"""The named queries of the gazetteer: one .sql file each in `queries/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["query"]


@cache
def query(name: str) -> str:
    """Return the SQL of `queries/<name>.sql`."""
    return files("mapgen.gazetteer").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
