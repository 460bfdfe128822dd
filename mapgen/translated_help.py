"""The help of the commands and the errors of Typer in the user's language.

Typer takes help from docstrings and declarations, which are English, and has its own words in English only: the first
is translated in the tree of commands before it runs, the others as they come.
"""

from __future__ import annotations

import importlib
import os
import re
import string
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from mapgen.messages import Message, msg, speak, spoken, translated, user_language

__all__ = ["TranslatedGroup"]

_USAGE = msg("Usage: ")
_WORDS = {
    "DEPRECATED_STRING": msg("(deprecated) "),
    "DEFAULT_STRING": msg("[default: {}]"),
    "ENVVAR_STRING": msg("[env var: {}]"),
    "REQUIRED_LONG_STRING": msg("[required]"),
    "ARGUMENTS_PANEL_TITLE": msg("Arguments"),
    "OPTIONS_PANEL_TITLE": msg("Options"),
    "COMMANDS_PANEL_TITLE": msg("Commands"),
    "ERRORS_PANEL_TITLE": msg("Error"),
    "ABORTED_TEXT": msg("Aborted."),
    "RICH_HELP": msg("Try [blue]'{command_path} {help_option}'[/] for help."),
}
"""Words of `typer.rich_utils` by the names of their constants."""
_ERRORS = (
    msg("Missing command."),
    msg("Missing argument {name}."),
    msg("Missing argument {name}. {more}"),
    msg("Missing option {name}."),
    msg("Missing option {name}. {more}"),
    msg("No such command {name}."),
    msg("No such command {name}. Did you mean {names}?"),
    msg("No such option: {name}"),
    msg("No such option: {name} Did you mean {names}?"),
    msg("No such option: {name} (Possible options: {names})"),
    msg("Option {name} does not take a value."),
    msg("Option {name} requires an argument."),
    msg("Option {name} requires {number} arguments."),
    msg("Got unexpected extra argument ({names})"),
    msg("Got unexpected extra arguments ({names})"),
    msg("Got unexpected extra argument(s) ({names})"),
    msg("Invalid value: {reason}"),
    msg("Invalid value for {name}: {reason}"),
    msg("Value error, {reason}"),
    msg("{value} is not one of {choices}."),
    msg("{value} is not a valid integer."),
    msg("{value} is not a valid float."),
    msg("{value} is not a valid boolean."),
    msg("{value} is not in the range {range}."),
    msg("Input should be a valid integer, unable to parse string as an integer"),
    msg("Input should be a valid number, unable to parse string as a number"),
    msg("Input should be greater than or equal to {least}"),
    msg("Input should be {choices}"),
)
"""What Typer and click say of a command line that cannot be used, in several of their versions."""
_SPELLINGS = {"--explain=words": "--explain", "--explain=features": "--explain-features"}
_UsageError: Any = typer.BadParameter.__base__
"""The base of such errors: of click, or of the copy of click in later versions of Typer."""


class TranslatedGroup(TyperGroup):
    """The commands, which speak the user's language."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command."""
        speak(user_language(os.environ))
        _translate_help(self)
        return super().main(*args, **options)

    def make_context(self, info_name: Any, args: list[str], *others: Any, **options: Any) -> Any:
        """Read the options of the group itself."""
        with _translated_errors():
            return super().make_context(info_name, _spelled(args), *others, **options)

    def invoke(self, ctx: Any) -> Any:
        """Read the options of a command, and run it."""
        with _translated_errors():
            return super().invoke(ctx)


def _spelled(args: Sequence[str]) -> list[str]:
    """Return the arguments with flags for what is an option with a value that may be left out.

    Click takes the next argument for such a value, so that `--explain a.txt` would have no text.
    """
    end = args.index("--") if "--" in args else len(args)
    return [*(_SPELLINGS.get(each, each) for each in args[:end]), *args[end:]]


def _translate_help(command: Any) -> None:
    """Put the help of a command and of all commands in it into the user's language."""
    command.help = _translated(command.help)
    command.short_help = _translated(command.short_help)
    usage = command.get_usage
    command.get_usage = lambda context: usage(context).replace(_USAGE, translated(_USAGE, spoken()), 1)
    of_help = command.get_help_option

    def help_option(context: Any) -> Any:
        option = of_help(context)
        if option is not None:
            option.help = _translated(option.help)
        return option

    command.get_help_option = help_option
    help_ = command.get_help

    def help_in_words(context: Any) -> Any:
        _translate_words()
        return help_(context)

    command.get_help = help_in_words
    for parameter in command.params:
        parameter.help = _translated(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        _translate_help(inner)


def _translate_words() -> None:
    """Put the words of Typer around help and errors into the user's language; its module for them loads slowly."""
    words = importlib.import_module("typer.rich_utils")
    for name, word in _WORDS.items():
        setattr(words, name, translated(word, spoken()))


def _translated(help_: str | None) -> str | None:
    return translated(Message(help_), spoken()) if help_ else help_


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Let errors of usage that leave the block say what they say in the user's language."""
    try:
        yield
    except typer.Abort:
        _translate_words()
        raise
    except _UsageError as error:
        _translate_words()
        text = _of_typer(error.format_message())
        error.format_message = lambda: text
        raise


def _of_typer(text: str) -> str:
    """Return a text of Typer in the user's language; as it is where it is not one of `_ERRORS`."""
    if spoken() == "en":
        return text
    found = [(template, match) for template in _ERRORS if (match := _pattern(template).fullmatch(text))]
    if not found:
        return text
    # Of "Missing argument {name}." and the same with more, the one that leaves the least to its fields.
    template, match = min(found, key=lambda each: sum(map(len, each[1].groups())))
    values = {name: _of_typer(value) for name, value in match.groupdict().items()}
    return translated(Message(template, values=values), spoken())


def _pattern(template: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(template)
    return re.compile(
        "".join(re.escape(text) + (f"(?P<{name}>.+)" if name else "") for text, name, _, _ in parts), re.DOTALL
    )
