"""Brings the catalogues of messages up to date with the code: `python docs/catalogues.py`.

New messages come in without a translation, those that are gone go out, translations stay. What is left to translate is
listed.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Entry", "entries", "untranslated", "updated"]

_ROOT = Path(str(resources.files("mapgen")))
_PLURALS = {"es": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
"""Which form of two is for how many things; millions, which CLDR has apart, have that of several."""
_HEADER = "# What mapgen says on the command line. `python docs/catalogues.py` adds new messages."


class Entry(NamedTuple):
    """A message of the code.

    Attributes:
        text: in English; of one thing where there is a plural.
        plural: for several things, "" where nothing is counted.
    """

    text: str
    plural: str = ""


def entries() -> list[Entry]:
    """Return all messages: those in the code in the order of its files, then the help of the commands.

    Raises:
        ValueError: a message is no literal, or one text has two plurals.
    """
    found: dict[str, Entry] = {}
    for entry in (*_of_code(), *map(Entry, _of_help())):
        before = found.setdefault(entry.text, entry)
        if before != entry:
            raise ValueError(f"two forms of one message: {before}, {entry}")
    return list(found.values())


def _of_code() -> Iterator[Entry]:
    for path in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            number = {"msg": 1, "msg_count": 2}.get(node.func.id)
            if number is None:
                continue
            if not all(isinstance(each, ast.Constant) for each in node.args[:number]):
                raise ValueError(f"{path}:{node.lineno}: the text of a message is a literal")
            yield Entry(*(ast.literal_eval(each) for each in node.args[:number]))


def _of_help() -> Iterator[str]:
    """Yield the help of all commands and options, Typer's own included."""
    from typer.main import get_command

    from mapgen.cli import app

    yield from _help_of(get_command(app))


def _help_of(command: Any) -> Iterator[str]:
    texts = [command.help, command.short_help, *(getattr(each, "help", None) for each in command.params)]
    with command.make_context("mapgen", [], resilient_parsing=True) as context:
        option = command.get_help_option(context)
        texts.append(option.help if option is not None else None)
    yield from (text for text in texts if text)
    for inner in getattr(command, "commands", {}).values():
        yield from _help_of(inner)


def untranslated(language: str) -> list[Entry]:
    """Return the messages that the catalogue of a language (ISO 639-1) does not have."""
    from mapgen.messages import catalogue

    known = catalogue(language).texts
    return [entry for entry in entries() if not all(known.get(entry.text, ("",)))]


def updated(language: str) -> str:
    """Return the catalogue of a language (ISO 639-1) with the messages of the code, in the form of its file."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    from mapgen.messages import catalogue

    known = catalogue(language).texts
    fresh = Catalog(header_comment=_HEADER, fuzzy=False)
    for entry in entries():
        forms = known.get(entry.text, ())
        id_ = (entry.text, entry.plural) if entry.plural else entry.text
        fresh.add(id_, forms if entry.plural else (forms or ("",))[0])
    buffer = io.BytesIO()
    write_po(buffer, fresh, width=120, no_location=True, omit_header=True, sort_output=True)
    plural = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural += f'"Plural-Forms: {_PLURALS[language]}\\n"\n\n'
    return f"{_HEADER}\n{plural}{buffer.getvalue().decode('utf-8').rstrip()}\n"


def main() -> None:
    """Rewrite the catalogues, and list what is left to translate."""
    from mapgen.files import write_aside
    from mapgen.messages import LANGUAGES, SOURCE

    for language in LANGUAGES:
        if language == SOURCE:
            continue
        write_aside(_ROOT / "messages" / f"{language}.po", updated(language))
        for entry in untranslated(language):
            sys.stdout.write(f"{language}: {entry.text}\n")


if __name__ == "__main__":
    main()
