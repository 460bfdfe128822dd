"""A token a line: the text and its names are put together again, for CoNLL and HIPE."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mapgen.evaluation.corpora.labels import is_place, kind_of_label, shared_label
from mapgen.evaluation.gold import GoldName, OtherName, arranged
from mapgen.messages import msg
from mapgen.model import Kind, Sense

__all__ = ["Assembly", "split_tag"]


def split_tag(tag: str) -> tuple[str, str]:
    """Return prefix and label of a tag: "B-LOC" -> ("B", "LOC"), "O" -> ("O", "").

    Knows IOB1, IOB2 (I, B) and IOBES (S, E; U and L in its other spelling).

    Raises:
        ValueError: it is no tag.
    """
    if tag in ("O", "_", "-", ""):
        return "O", ""
    prefix, dash, label = tag.partition("-")
    if not dash or prefix not in ("B", "I", "E", "S", "L", "U", "M") or not label:
        raise ValueError(msg("{tag!r} is no IOB tag", tag=tag))
    return {"S": "B", "U": "B", "E": "I", "L": "I", "M": "I"}.get(prefix, prefix), label


@dataclass(slots=True)
class _Open:
    """A name as far as it has been read."""

    label: str
    start: int
    end: int
    kind: Kind | None
    sense: Sense | None


@dataclass(slots=True)
class Assembly:
    """A text growing token by token, and its names.

    Attributes:
        pieces: tokens and what separates them.
        length: code points so far.
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    _names: list[GoldName] = field(default_factory=list)
    _others: list[OtherName] = field(default_factory=list)
    _open: _Open | None = None

    def add(
        self, token: str, tag: str, *, between: str = " ", kind: Kind | None = None, sense: Sense | None = None
    ) -> None:
        """Add a token.

        Args:
            token: its text.
            tag: its tag, "O" outside of names.
            between: what precedes it, where it is not the first.
            kind: of the name that it belongs to, where it is known apart from the tag.
            sense: of that name, where it is known.

        Raises:
            ValueError: the tag is none.
        """
        prefix, label = split_tag(tag)
        if self.length:
            self.pieces.append(between)
            self.length += len(between)
        start, end = self.length, self.length + len(token)
        self.pieces.append(token)
        self.length = end
        if self._open and prefix == "I" and label == self._open.label:
            self._open.end = end
            return
        self._close()
        if prefix != "O":
            self._open = _Open(label, start, end, kind or kind_of_label(label), sense)

    def _close(self) -> None:
        if self._open is None:
            return
        name = self._open
        self._open = None
        if is_place(name.label):
            self._names.append(GoldName(start=name.start, end=name.end, kind=name.kind, sense=name.sense))
        else:
            self._others.append(OtherName(name.start, name.end, shared_label(name.label)))

    def end_sentence(self) -> None:
        """End a sentence: no name goes on behind it."""
        self._close()

    def finish(self, *, sense: Sense | None = None) -> tuple[str, tuple[GoldName, ...], tuple[OtherName, ...]]:
        """Return the text, its place names and its other names.

        Args:
            sense: of the names for which none was given.
        """
        self._close()
        names = [replace(name, sense=name.sense or sense) for name in self._names]
        return "".join(self.pieces), arranged(names), tuple(self._others)
