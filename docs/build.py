"""Write docs/cli.md from the command line itself, and the tables of docs/corpus.md: `python docs/build.py`.

A test compares the page with the program, so that it is never out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from mapgen.cli import app
from mapgen.corpus.schemas import ERRORS, TABLES

PAGE = Path(__file__).parent / "cli.md"
ARCHIVES = Path(__file__).parent / "corpus.md"
SCHEMAS = "<!-- schemas: written by `python docs/build.py` from mapgen/corpus/schemas.py -->\n"

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
    own = [parameter for parameter in command.params if parameter.name != "help"]
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
        short_first = sorted(parameter.opts, key=len)
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


def with_schemas(page: str) -> str:
    """Return docs/corpus.md with the tables of an archive as the program has them."""
    before, start, rest = page.partition(SCHEMAS)
    _, end, after = rest.partition("<!-- /schemas -->")
    parts = []
    for name, columns in TABLES.items():
        rows = (
            f"| `{each.name}` | {each.type}{', null' if each.nullable else ''} | {each.meaning} |" for each in columns
        )
        parts.append("\n".join([f"### {name}\n", "| column | type | |", "|---|---|---|", *rows]) + "\n")
    kinds = "\n".join(["### Errors\n", "| kind | |", "|---|---|", *(f"| `{k}` | {v} |" for k, v in ERRORS.items())])
    return before + start + "\n" + "\n".join([*parts, kinds]) + "\n\n" + end + after


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    ARCHIVES.write_text(with_schemas(ARCHIVES.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
