"""The paragraphs of an XML document, whatever its vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Vocabulary", "local", "paragraphs", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the elements of an XML vocabulary mean, by their local names: namespaces differ between editions.

    Attributes:
        paragraphs: hold the text of one paragraph; one inside another follows it.
        skipped: are left out with all that is in them.
        signs: stand for characters.
        texts: the only elements whose text counts; None for all.
    """

    paragraphs: frozenset[str]
    skipped: frozenset[str] = frozenset()
    signs: Mapping[str, str | Callable[[Any], str]] = field(default_factory=dict)
    texts: frozenset[str] | None = None


def local(element: Any) -> str:
    """Return the name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def paragraphs(root: Any, vocabulary: Vocabulary) -> Iterator[tuple[Any, str]]:
    """Yield each paragraph below `root` with its text, blank ones too, in the order in which they begin."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name in vocabulary.skipped:
            continue
        if name in vocabulary.paragraphs:
            yield element, words(element, vocabulary)
        stack.extend(reversed(element))


def words(element: Any, vocabulary: Vocabulary) -> str:
    """Return the text of an element without that of the paragraphs in it."""
    pieces: list[str] = []
    stack: list[Any] = [element]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            pieces.append(part)
            continue
        name = local(part)
        if part is not element:
            if part.tail and vocabulary.texts is None:
                stack.append(part.tail)
            if not name or name in vocabulary.skipped or name in vocabulary.paragraphs:
                continue
        sign = vocabulary.signs.get(name)
        if sign is not None:
            pieces.append(sign if isinstance(sign, str) else sign(part))
            continue
        stack.extend(reversed(part))
        if part.text and (vocabulary.texts is None or name in vocabulary.texts):
            stack.append(part.text)
    return "".join(pieces)
