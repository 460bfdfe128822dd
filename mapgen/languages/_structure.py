"""Reads nested tables into the dataclasses of a schema; anything that the schema does not name is an error."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Hashable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from mapgen.errors import MapgenError
from mapgen.messages import msg

__all__ = ["structured"]

_Schema = TypeVar("_Schema")


def structured(schema: type[_Schema], data: Mapping[str, Any], *, file: str) -> _Schema:
    """Return `data` as an instance of a dataclass.

    A field may be a `str`, `bool`, `float`, `frozenset[str]` (written as one word a line), `tuple` of any of these,
    `Mapping`, `Enum`, `Literal`, a string `Annotated` with a regular expression, or another dataclass.

    Args:
        schema: the dataclass.
        data: as TOML has it.
        file: its name, for errors.

    Raises:
        MapgenError: a table or key is unknown or missing, or a value has the wrong type; the message names it.
    """
    return _dataclass(schema, data, _Place(file))


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """The position of a value in a file.

    Attributes:
        file: its name.
        keys: the names of the tables around it and its own key.
    """

    file: str
    keys: tuple[str, ...] = ()

    def inner(self, key: str) -> _Place:
        return _Place(self.file, (*self.keys, key))

    def error(self, problem: str) -> MapgenError:
        *tables, key = self.keys or ("",)
        table = f"table [{'.'.join(tables)}], " if tables else ""
        return MapgenError(msg("{table}key {key!r}: {problem}", table=table, key=key, problem=problem), path=self.file)


@lru_cache(maxsize=16)
def _hints(schema: Hashable) -> dict[str, Any]:
    return get_type_hints(schema, include_extras=True)


def _dataclass(schema: type[_Schema], data: object, place: _Place) -> _Schema:
    table = _table(data, place)
    hints = _hints(cast(Hashable, schema))
    for key in table:
        if key not in hints:
            raise place.inner(key).error(_unknown(key, hints))
    for each in dataclasses.fields(schema):  # type: ignore[arg-type]
        required = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        if required and each.name not in table:
            raise place.inner(each.name).error("it is missing")
    return schema(**{key: _value(hints[key], value, place.inner(key)) for key, value in table.items()})


def _table(data: object, place: _Place) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise place.error("it must be a table")
    return data


def _value(wanted: Any, value: object, place: _Place) -> Any:
    """Return a value as the type that the schema wants."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is frozenset:
        return _words(value, place)
    if origin is tuple:
        if not isinstance(value, list):
            raise place.error("it must be an array")
        return tuple(_value(arguments[0], each, place) for each in value)
    if wanted in (float, float | None) and type(value) in (int, float):
        return float(value)  # type: ignore[arg-type]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {
            _key(arguments[0], key, place.inner(key)): _value(arguments[1], each, place.inner(key))
            for key, each in _table(value, place).items()
        }
    if dataclasses.is_dataclass(wanted):
        return _dataclass(wanted, value, place)  # type: ignore[arg-type]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return _key(wanted, value, place)
    if not isinstance(wanted, type) or type(value) is not wanted:
        raise place.error(f"it must be a {getattr(wanted, '__name__', 'number')}, and is {value!r}")
    return value


def _key(wanted: Any, key: object, place: _Place) -> Any:
    """Return a key, or a value out of a closed set, as the type that the schema wants."""
    if wanted is str:
        return key
    if get_origin(wanted) is Annotated:
        pattern = get_args(wanted)[1]
        if not re.fullmatch(pattern, str(key)):
            raise place.error(f"{key!r} does not match {pattern}")
        return key
    choices = get_args(wanted) if get_origin(wanted) is Literal else [member.value for member in wanted]
    if key not in choices:
        raise place.error(_unknown(str(key), choices))
    return key if get_origin(wanted) is Literal else wanted(key)


def _words(value: object, place: _Place) -> frozenset[str]:
    """Split a list of words, one a line."""
    if not isinstance(value, str):
        raise place.error("it must be a string with one word a line")
    words = [line.strip() for line in value.splitlines()]
    if any("," in word for word in words):
        raise place.error("it must have one word a line, and no commas")
    return frozenset(words) - {""}


def _unknown(key: str, known: object) -> str:
    """Say that a key is unknown, and which known one is the most similar."""
    import difflib

    similar = difflib.get_close_matches(key, list(known), n=1)  # type: ignore[call-overload]
    return "it is unknown" + (f"; did you mean {similar[0]!r}?" if similar else "")
