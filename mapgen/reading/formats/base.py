"""What a format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Content", "Format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a format finds in a file.

    Attributes:
        text: the text.
        title: the title that the file states, or "".
        date: as the file writes it, or "".
        language: as the file writes it, or "".
        faithful: whether `text` is the decoded file itself, so that offsets lead back into it.
    """

    text: str
    title: str = ""
    date: str = ""
    language: str = ""
    faithful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format.

    Attributes:
        name: as shown to users.
        suffixes: ends of file names, lower case, with the dot.
        marks: says whether the bytes carry the format's mark.
        read: takes the bytes and the encoding that the user gave ("" for none), raises DocumentError.
        binary: whether a file without the mark cannot be of this format.
    """

    name: str
    suffixes: tuple[str, ...]
    marks: Callable[[bytes], bool]
    read: Callable[[bytes, str], Content]
    binary: bool = False
