"""Options that need not be typed: from `mapgen.toml` in the current folder, and from variables `MAPGEN_…`.

    language = "fr"             # for every command that has --language
    places = ["places.csv"]     # paths are relative to the file

    [map]                       # for mapgen map alone
    jobs = 2

A variable is named like its option: `MAPGEN_PAGE_LANGUAGE` is --page-language. The command line wins over variables,
variables win over the file. `MAPGEN_CONFIG` names another file; empty, none is read.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mapgen.errors import OptionError
from mapgen.messages import msg, reason_of

__all__ = ["FILE", "configured", "option_names"]

FILE = "mapgen.toml"
_PREFIX = "MAPGEN_"
_CONFIG = "MAPGEN_CONFIG"
_UNSET = frozenset({"help", "version", "install_completion", "show_completion"})
"""Options that are no settings."""
_PATHS = frozenset({"places", "corrections", "geocoder_settings"})
"""Options that name files to read."""

Command = Any
"""A command or a group of click. Typer has its own copy of click in later versions, so that no type holds for both."""
Option = Any
"""An option of such a command."""


def configured(group: Command, *, environment: Mapping[str, str], folder: Path) -> tuple[dict[str, Any], str]:
    """Return the options that file and environment set, in the form of click's `default_map`.

    Args:
        group: the commands.
        environment: variables by name.
        folder: where the file is looked for.

    Returns:
        The options by command, and a line that says which come from the file; "" where none do.

    Raises:
        OptionError: the file cannot be read, or names an option that there is not.
    """
    path = folder / environment.get(_CONFIG, FILE)
    values = _file(path, named=bool(environment.get(_CONFIG)))
    line = f"{path.name}: {', '.join(values)}" if values else ""
    return _of_group(group, values, environment, path), line


def option_names(group: Command) -> frozenset[str]:
    """Return the names of all options of the commands, as in the file."""
    return frozenset(name for command in _commands(group) for name in _options(command))


def _file(path: Path, *, named: bool) -> dict[str, Any]:
    """Return the content of the file; nothing where there is none and none is named."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        if named:
            raise OptionError(msg("is no file, but MAPGEN_CONFIG names it"), path=path) from error
        return {}
    except OSError as error:
        raise OptionError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OptionError(msg("is no TOML: {error}", error=error), path=path) from error


def _of_group(group: Command, values: Mapping[str, Any], environment: Mapping[str, str], path: Path) -> dict[str, Any]:
    """Return the options of the commands of a group, by command."""
    known = option_names(group)
    for key, value in values.items():
        if isinstance(value, dict) and key not in group.commands:
            raise OptionError(
                msg(
                    "there is no command {key!r}; known: {commands}",
                    key=key,
                    commands=", ".join(sorted(group.commands)),
                ),
                path=path,
            )
        if not isinstance(value, dict) and _name(key) not in known:
            raise OptionError(msg("there is no option {key!r}; mapgen COMMAND --help lists them", key=key), path=path)
    shared = {key: value for key, value in values.items() if not isinstance(value, dict)}
    found = {}
    for name, command in group.commands.items():
        table = values.get(name)
        own = table if isinstance(table, dict) else {}  # "places" is a command and an option
        if hasattr(command, "commands"):
            found[name] = _of_group(command, {**_known(shared, option_names(command)), **own}, environment, path)
            found[name] |= _of_command(command, _known(shared, frozenset(_options(command))), environment, path)
        else:
            _all_known(own, command, path)
            found[name] = _of_command(command, {**shared, **own}, environment, path)
    return found


def _known(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if _name(key) in names}


def _all_known(values: Mapping[str, Any], command: Command, path: Path) -> None:
    for key in values:
        if _name(key) not in _options(command):
            raise OptionError(msg("mapgen {name} has no option {key!r}", name=command.name, key=key), path=path)


def _of_command(
    command: Command, values: Mapping[str, Any], environment: Mapping[str, str], path: Path
) -> dict[str, Any]:
    """Return the options of one command by the name of their parameter."""
    given = {_name(key): value for key, value in values.items()}
    found: dict[str, Any] = {}
    for name, option in _options(command).items():
        variable = environment.get(_PREFIX + name.upper())
        if variable:
            found[str(option.name)] = _of_variable(option, variable)
        elif name in given:
            found[str(option.name)] = _of_file(option, given[name], path)
    return found


def _of_variable(option: Option, value: str) -> Any:
    """Return the value of a variable: paths of an option that may be repeated are separated as in PATH."""
    if not option.multiple:
        return value
    return [part for part in value.split(os.pathsep if _is_path(option) else ",") if part]


def _of_file(option: Option, value: Any, path: Path) -> Any:
    """Return a value of the file as click takes it; paths are relative to the file."""
    parts = value if isinstance(value, list) else [value]
    if option.is_flag:
        if not isinstance(value, bool):
            raise OptionError(
                msg("{option} is true or false, not {value!r}", option=option.opts[0].lstrip("-"), value=value),
                path=path,
            )
        return value
    if any(isinstance(part, (dict, list, bool)) for part in parts):
        raise OptionError(
            msg("{option} cannot be {value!r}", option=option.opts[0].lstrip("-"), value=value), path=path
        )
    texts = [str(path.parent / str(part)) if _is_path(option) else str(part) for part in parts]
    return texts if option.multiple else ",".join(texts)


def _is_path(option: Option) -> bool:
    return option.name in _PATHS


def _options(command: Command) -> dict[str, Option]:
    """The options of a command by all their long names, as in the file."""
    return {
        _name(spelling): option
        for option in command.params
        if hasattr(option, "is_flag") and option.name not in _UNSET
        for spelling in option.opts
        if spelling.startswith("--")
    }


def _commands(group: Command) -> Iterator[Command]:
    """The group and all its commands, those of groups in it too."""
    yield group
    for command in group.commands.values():
        if hasattr(command, "commands"):
            yield from _commands(command)
        else:
            yield command


def _name(spelling: str) -> str:
    return spelling.lstrip("-").replace("-", "_")
