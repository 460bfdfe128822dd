"""The errors that mapgen raises, as one tree.

MapgenError                 the base; its message is one line that a user can act on
├── InputError              what the user gave cannot be used (exit code 2)
│   ├── DocumentError       a text that is missing, empty, binary, wrongly encoded, too large
│   ├── PlacesError         a file of the user's own places
│   ├── CorrectionsError    a file of corrections
│   └── OptionError         an option or a combination of options
├── GazetteerError          the gazetteer cannot be built, opened or extended
│   └── PackError           a country pack that is incomplete, malformed or out of reach
├── GeocodingError          an online geocoder failed; never the same as "unknown"
└── OutputError             the result cannot be written
"""

from __future__ import annotations

from pathlib import Path

from mapgen.messages import Message, joined

__all__ = [
    "CorrectionsError",
    "DocumentError",
    "GazetteerError",
    "GeocodingError",
    "InputError",
    "MapgenError",
    "OptionError",
    "OutputError",
    "PackError",
    "PlacesError",
]


class MapgenError(Exception):
    """Base of all errors that mapgen raises on purpose.

    Args:
        message: one line: what is wrong and what to do; see `mapgen.messages`.
        path: the file concerned, if any.
        line: its line, counted from 1, if any.
    """

    exit_code = 1

    def __init__(self, message: Message, *, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        return str(self.whole)

    @property
    def whole(self) -> Message:
        """The message after the file and the line that it concerns."""
        if self.path is None:
            return self.message
        where = f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "
        return joined("", (where, self.message))


class InputError(MapgenError):
    """What the user gave cannot be used."""

    exit_code = 2


class DocumentError(InputError):
    """A text that is missing, empty, binary, wrongly encoded or too large.

    Args:
        message, path, line: as in `MapgenError`.
        kind: the reason as one word: "empty", "large", "encoding"; "unreadable" for all others.
    """

    def __init__(
        self, message: Message, *, path: Path | str | None = None, line: int | None = None, kind: str = "unreadable"
    ) -> None:
        super().__init__(message, path=path, line=line)
        self.kind = kind


class PlacesError(InputError):
    """A file of the user's own places that cannot be read."""


class CorrectionsError(InputError):
    """A file of corrections that cannot be read."""


class OptionError(InputError):
    """An option, or a combination of options, that makes no sense."""


class GazetteerError(MapgenError):
    """The gazetteer cannot be built, opened or extended."""


class PackError(GazetteerError):
    """A country pack that is incomplete, malformed or out of reach."""

    exit_code = 2


class GeocodingError(MapgenError):
    """An online geocoder failed, was slow, refused or answered rubbish."""


class OutputError(MapgenError):
    """The result cannot be written."""

    exit_code = 2
