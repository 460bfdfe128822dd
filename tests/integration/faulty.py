"""Geoparsers for tests that fail in a certain way at texts with certain words; workers import this module by name."""

from __future__ import annotations

import os
from typing import Any

from mapgen.pipeline import Geoparser
from mapgen.results import Annotated
from mapgen.settings import Settings

__all__ = ["open_faulty"]


class FaultyGeoparser(Geoparser):
    """Ends its process, never ends, or raises, where the text asks for it."""

    def annotate(self, document: Any) -> Annotated:
        """Annotate, or fail."""
        if "ENDS-ITS-PROCESS" in document.text:
            os._exit(1)
        while "NEVER-ENDS" in document.text:
            pass
        if "RAISES" in document.text:
            raise ZeroDivisionError("one of the texts is like this")
        return super().annotate(document)


def open_faulty(settings: Settings) -> Geoparser:
    """Open a geoparser that fails."""
    return FaultyGeoparser(settings)
