"""The tokens of a text: words, numbers and signs, as parallel lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from mapgen.recognition.tokens.vocabulary import Word

__all__ = ["Tokens"]

_SENTENCE_ENDS = frozenset(".?!…؟。")
_OPENERS = frozenset("\"'«“‘„(-–—•*>[")
_flags_of = attrgetter("flags")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: parallel lists.

    Attributes:
        text: the text.
        words: what is known of each.
        starts: first code point of each.
        ends: one past the last.
        flags: the flags of each, as bytes.
    """

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]
    flags: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "flags", bytes(map(_flags_of, self.words)))

    def sentence_start(self, index: int) -> bool:
        """Tell whether the token opens a sentence, a line, a cell or a quotation after a full stop."""
        words, text = self.words, self.text
        position = index - 1
        while position >= 0 and words[position].text in _OPENERS:
            position -= 1
        if position < 0 or words[position].text in _SENTENCE_ENDS:
            return True
        gap = text[self.ends[position] : self.starts[position + 1]]
        return "\n" in gap or "\t" in gap

    def adjacent(self, index: int) -> bool:
        """Tell whether only space, and no end of a line or cell, lies between the token and the one before it."""
        if index <= 0:
            return False
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return not gap or gap == " " or (gap.isspace() and "\n" not in gap and "\t" not in gap)

    def line_end(self, index: int, end: int) -> int:
        """Return `end`, or where the line or the cell of the token `index` ends before it.

        Behind a full stop a line end says nothing new: the next sentence counts as it does within a line.
        """
        end = min(end, len(self.starts))
        between = self.text[self.ends[index] : self.starts[end - 1]]
        if "\n" in between or "\t" in between:
            for at in range(index + 1, end):
                gap = self.text[self.ends[at - 1] : self.starts[at]]
                if ("\n" in gap or "\t" in gap) and self.words[at - 1].text not in _SENTENCE_ENDS:
                    return at
        return end

    def surface(self, first: int, last: int) -> str:
        """Return the words `first` to `last`, both included, as one line."""
        name = self.text[self.starts[first] : self.ends[last]]
        return " ".join(name.split()) if "\n" in name or "  " in name or "\t" in name else name
