"""Messages: English text that can be said in another language."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mapgen.messages._catalogue import catalogue

__all__ = ["Message", "Named", "Spoken", "joined", "msg", "msg_count", "reason_of", "translated", "verbatim"]

_POINTS = {"fr": str.maketrans({",": "\u202f", ".": ","}), "es": str.maketrans({",": "\u202f", ".": ","})}
"""The signs of numbers, by language: between thousands, before decimals."""


class Spoken(str):
    """A text that can be said in another language."""

    __slots__ = ()

    def in_language(self, language: str) -> str:
        """Return the text in a language (ISO 639-1)."""
        raise NotImplementedError


class Named(Spoken):
    """A name that other languages have in another form.

    Attributes:
        names: by language (ISO 639-1).
    """

    __slots__ = ("names",)

    names: Mapping[str, str]

    def __new__(cls, name: str, names: Mapping[str, str]) -> Named:
        named = super().__new__(cls, name)
        named.names = dict(names)
        return named

    def __reduce__(self) -> tuple[Callable[..., Named], tuple[Any, ...]]:
        return Named, (str(self), self.names)

    def in_language(self, language: str) -> str:
        """Return the name in a language; as it is where it has none there."""
        return self.names.get(language, str(self))


class Message(Spoken):
    """A text in English that remembers its parts; see `msg`, `msg_count` and `joined`, which make one.

    Attributes:
        template: the English text with its fields, in the singular where there is a plural.
        plural: the same for several things; "" where nothing is msg_count.
        values: what the fields hold; messages in it are translated with the message.
    """

    __slots__ = ("plural", "template", "values")

    template: str
    plural: str
    values: Mapping[str, object]

    def __new__(cls, template: str, plural: str = "", values: Mapping[str, object] | None = None) -> Message:
        values = dict(values or {})
        english = plural if plural and values["count"] != 1 else template
        message = super().__new__(cls, english.format(**values) if values else english)
        message.template = template
        message.plural = plural
        message.values = values
        return message

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[Any, ...]]:
        return Message, (self.template, self.plural, self.values)

    def __add__(self, other: str) -> Message:
        return joined("", (self, other))

    def in_language(self, language: str) -> str:
        """Return the text in a language (ISO 639-1); in English where the catalogue has no translation."""
        count = self.values["count"] if self.plural else None
        number = count if isinstance(count, (int, float)) else None
        template = catalogue(language).template(self.template, number)
        if not template:
            template = self.plural if self.plural and number != 1 else self.template
        if not self.values:
            return template
        values = {name: translated(value, language) if isinstance(value, Spoken) else value
                  for name, value in self.values.items()}  # fmt: skip
        return _Formatter(language).vformat(template, (), values)


class _Formatter(string.Formatter):
    """Formats as str.format does, with the signs that a language has in numbers."""

    def __init__(self, language: str) -> None:
        self._points = _POINTS.get(language, {})

    def format_field(self, value: Any, format_spec: str) -> str:
        formatted = str(super().format_field(value, format_spec))
        if format_spec and isinstance(value, (int, float)):
            return formatted.translate(self._points)
        return formatted


def msg(template: str, /, **values: object) -> Message:
    """Return a message: an English text whose fields take the values; without values nothing is formatted.

    The text is the message's id in the catalogues, so that it is a literal where this is called.
    """
    # An exception may hold what cannot go to another process, and a user reads its text alone.
    plain = {name: reason_of(value) if isinstance(value, BaseException) else value for name, value in values.items()}
    return Message(template, values=plain)


def msg_count(one: str, several: str, /, count: int, **values: object) -> Message:
    """Return a message in the form for `count` things; the texts have it as `{count}` where they say it.

    Args:
        one: the English text for one thing; the message's id.
        several: that for all other numbers.
        count: how many things.
        values: of the other fields.
    """
    return Message(one, several, {"count": count, **values})


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Return the parts as one message, each translated by itself."""
    values: dict[str, object] = {f"part{number}": part for number, part in enumerate(parts)}
    template = "{between}".join(f"{{{name}}}" for name in values)
    return Message(template, values={**values, "between": _SEMICOLON if separator == _SEMICOLON else separator})


_SEMICOLON = msg("; ")
"""The separator that has other spaces in other languages."""


def verbatim(text: object) -> Message:
    """Return a text of others, as what a library says of an error, which is said as it is in all languages."""
    return Message("{text}", values={"text": str(text)})


def reason_of(error: BaseException) -> Message:
    """Return what an error says, in one line: its message, or a text of the system or of a library as it is.

    The usual texts of the system are in the catalogues.
    """
    if error.args and isinstance(error.args[0], Message):
        return error.args[0]
    reason = getattr(error, "strerror", None) or error
    return Message(" ".join(str(reason).split()) or type(error).__name__)


def translated(text: str, language: str) -> str:
    """Return a text in a language (ISO 639-1): one that can be said there in its words, any other unchanged."""
    return text.in_language(language) if isinstance(text, Spoken) else str(text)
