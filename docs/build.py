"""Write docs/cli.md from the command line itself, and tables of other pages from the package: `python docs/build.py`.

A test compares the pages with the program, so that they are never out of date. A page says where a table goes:
`<!-- NAME: written by … -->`, the table, `<!-- /NAME -->`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main

from mapgen.cli import app
from mapgen.corpus.schemas import ERRORS, TABLES
from mapgen.exports import FORMATS
from mapgen.exports.rows import CANDIDATE_COLUMNS, COLUMNS

DOCS = Path(__file__).parent
PAGE = DOCS / "cli.md"
WORDS = DOCS.parent / "mapgen" / "languages" / "en.page.toml"

HEAD = """# The command line

<!-- Written by `python docs/build.py` from the program itself; change the help texts in mapgen/cli.py instead. -->

Exit codes: 0 done; 1 mapgen or the machine failed, or there is nothing to show; 2 the input or an option cannot be
used; 130 interrupted. An error is one line on standard error; existing files are then unchanged.

`MAPGEN_HOME` names the folder of the gazetteer and of the answers of online geocoders; without it they go to the user's
cache folder. `BROWSER` names the browser of `--open`. `-h` or `--help` after any command shows what stands here.
"""


def reference() -> str:
    """Return the page: a section for each command, in the order in which `--help` lists them."""
    return "\n".join([HEAD, *sections(typer.main.get_command(app), "mapgen")])


def sections(command: Any, path: str) -> Iterator[str]:
    """Yield the section of a command, then those of the commands below it."""
    own = [
        parameter
        for parameter in command.params
        if parameter.name != "help" and not getattr(parameter, "hidden", False)
    ]
    inner: dict[str, Any] = getattr(command, "commands", {})
    yield f"{'#' * (len(path.split()) + 1)} {path}\n"
    yield f"{flowing(command.help)}\n"
    if not inner:
        arguments = [shown(each) for each in own if each.param_type_name == "argument"]
        yield f"    {' '.join([path, '[OPTIONS]', *arguments])}\n"
    for title, kind in (("argument", "argument"), ("option", "option")):
        rows = [row(each) for each in own if each.param_type_name == kind]
        if rows:
            yield "\n".join([f"| {title} | |", "|---|---|", *rows]) + "\n"
    for name, each in inner.items():
        yield from sections(each, f"{path} {name}")


def row(parameter: Any) -> str:
    """Return the row of an argument or an option: how it is written, and what it does."""
    if parameter.param_type_name == "argument":
        written = f"`{shown(parameter)}`"
    else:
        short_first = [*parameter.secondary_opts, *sorted(parameter.opts, key=len)]
        word = short_first[-1].rpartition("-")[2].upper()
        value = "" if parameter.is_flag else f" {parameter.metavar or word}"
        written = ", ".join(f"`{option}`" for option in short_first[:-1]) + ", " * (len(short_first) > 1)
        written += f"`{short_first[-1]}{value}`"
    told = flowing(parameter.help or "")
    usual = parameter.default
    if usual and not callable(usual) and not parameter.required:
        told += f" `{usual}` when not given."
    return "| {} | {} |".format(*(cell.replace("|", "\\|") for cell in (written, told)))


def shown(argument: Any) -> str:
    """Return an argument as usage lines show it."""
    name = argument.metavar or argument.name.strip("_").upper()
    many = "..." if argument.nargs == -1 and not name.endswith("...") else ""
    return f"{name}{many}" if argument.required else f"[{name}{many}]"


def flowing(text: str) -> str:
    """Return a help text with the lines of each paragraph joined, and without what is only for the source."""
    paragraphs = text.split("\f")[0].strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def schemas() -> str:
    """Return the tables of an archive, from mapgen/corpus/schemas.py."""
    parts = []
    for name, columns in TABLES.items():
        rows = (
            f"| `{each.name}` | {each.type}{', null' if each.nullable else ''} | {each.meaning} |" for each in columns
        )
        parts.append("\n".join([f"### {name}\n", "| column | type | |", "|---|---|---|", *rows]) + "\n")
    return "\n".join([*parts, "### Errors\n", *_table("kind", ERRORS)])


def formats() -> str:
    """Return the table of output formats, from mapgen/exports/formats.py."""
    rows = (
        f"| `{each.name}` | `{each.suffix}` | `{each.media_type}` | {'yes' if each.geometry else 'no'} |"
        for each in FORMATS.values()
    )
    return "\n".join(["| format | files | media type | holds what is drawn |", "|---|---|---|---|", *rows])


def keys() -> str:
    """Return the keys of the page, from the list that the page itself shows."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    shown = [pair for part in words.values() if isinstance(part, dict) for pair in part.items()] + [*words.items()]
    found = dict(pair for pair in shown if pair[0] in ("help_keys", "review_keys"))
    general = dict(each.split(": ", 1) for each in found["help_keys"].split("|"))
    review = dict(reversed(_key_and_deed(each)) for each in found["review_keys"].split(" · "))
    return "\n".join([*_table("key", general), "", "In a review:", "", *_table("key", review)])


def _key_and_deed(words: str) -> tuple[str, str]:
    """Return what a key of the review does, and the key: "/ or m place it"."""
    match = re.fullmatch(r"(\S+(?: or \S+)*) (.+)", words)
    if match is None:
        raise ValueError(f"{WORDS}: {words!r} is no key with what it does")
    return match[2], match[1]


def _table(head: str, rows: Mapping[str, str]) -> list[str]:
    return [f"| {head} | |", "|---|---|", *(f"| `{name}` | {meaning} |" for name, meaning in rows.items())]


TABLES_OF: dict[str, dict[str, Callable[[], str]]] = {
    "corpus.md": {"schemas": schemas},
    "reference/exports.md": {
        "formats": formats,
        "columns": lambda: "\n".join(_table("column", COLUMNS)),
        "candidates": lambda: "\n".join(_table("column", CANDIDATE_COLUMNS)),
    },
    "reference/page.md": {"keys": keys},
}
"""Pages with the tables in them that are written here."""


def renewed(page: str) -> str:
    """Return a page of `TABLES_OF` with its tables as the program has them."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, write in TABLES_OF[page].items():
        block = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- /{name} -->)", flags=re.DOTALL)
        if len(block.findall(text)) != 1:
            raise ValueError(f"docs/{page} has no place for the table {name!r}")
        content = write()
        text = block.sub(lambda found, content=content: f"{found[1]}\n{content.strip()}\n\n{found[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    for name in TABLES_OF:
        (DOCS / name).write_text(renewed(name), encoding="utf-8", newline="\n")
