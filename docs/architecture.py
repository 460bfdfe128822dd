"""Draw which part of the package imports which, into the architecture page, whenever the site is built (a MkDocs hook).

Every import counts, those inside functions and those for types alone too. `python docs/architecture.py` prints the
drawing and the table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

PACKAGE = Path(__file__).parent.parent / "mapgen"
CELL, LEFT, TOP = 17, 178, 150
"""Size of a cell, room for the names of the rows and of the columns, pixels."""
MARK = "<!-- architecture -->"
"""Where the page gets the drawing and the table."""
STYLE = (
    ".parts text { font: 12px ui-monospace, monospace; fill: currentColor }"
    ".parts .grid { fill: none; stroke: currentColor; stroke-opacity: .15 }"
    ".parts .on { fill: #009485 } .parts .own { fill: currentColor; fill-opacity: .12 }"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A module or a package directly below `mapgen`.

    Attributes:
        name: of it.
        purpose: the first line of its docstring.
        modules: how many it has.
        lines: of them all.
        imports: the other parts that it imports.
    """

    name: str
    purpose: str
    modules: int
    lines: int
    imports: frozenset[str]


def parts() -> list[Part]:
    """Return the parts such that each imports only those before it; parts of one level by name."""
    found = {part.name: part for part in map(_part, _places())}

    @cache
    def level(name: str) -> int:
        return 1 + max((level(other) for other in found[name].imports), default=-1)

    return sorted(found.values(), key=lambda part: (level(part.name), part.name))


def _places() -> Iterator[Path]:
    for path in sorted(PACKAGE.iterdir()):
        if (path / "__init__.py").exists() or (path.suffix == ".py" and not path.name.startswith("__")):
            yield path


def _part(path: Path) -> Part:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    head = trees[path / "__init__.py" if path.is_dir() else path]
    imports = {name for tree in trees.values() for name in _imported(tree)} - {path.stem}
    return Part(
        name=path.stem,
        purpose=(ast.get_docstring(head) or "").split("\n\n")[0].replace("\n", " "),
        modules=len(files),
        lines=sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files),
        imports=frozenset(imports),
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the parts that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("mapgen."))
        elif isinstance(node, ast.ImportFrom) and node.module == "mapgen":
            names = (alias.name for alias in node.names)
            yield from (name for name in names if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists())
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mapgen."):
            yield node.module.split(".")[1]


def drawing() -> str:
    """Return the SVG: a row a part, a filled cell in the column of each part that it imports."""
    rows = parts()
    at = {part.name: number for number, part in enumerate(rows)}
    width, height = LEFT + CELL * len(rows) + 10, TOP + CELL * len(rows) + 10
    marks = []
    for number, part in enumerate(rows):
        x, y = LEFT + CELL * number, TOP + CELL * number
        marks.append(f'<text x="{LEFT - 6}" y="{y + 13}" text-anchor="end">{escape(part.name)}</text>')
        marks.append(f'<text transform="translate({x + 13} {TOP - 6}) rotate(-90)">{escape(part.name)}</text>')
        marks.append(f'<rect class="own" x="{x}" y="{y}" width="{CELL}" height="{CELL}"/>')
        for name in sorted(part.imports, key=at.__getitem__):
            title = f"<title>{escape(part.name)} imports {escape(name)}</title>"
            place = f'x="{LEFT + CELL * at[name] + 2}" y="{y + 2}" width="{CELL - 4}" height="{CELL - 4}"'
            marks.append(f'<rect class="on" {place}>{title}</rect>')
    side = CELL * len(rows)
    lines = "".join(f"M{LEFT} {TOP + CELL * n}h{side}M{LEFT + CELL * n} {TOP}v{side}" for n in range(len(rows) + 1))
    return "\n".join(
        [
            "<div>",
            f'<svg xmlns="http://www.w3.org/2000/svg" class="parts" viewBox="0 0 {width} {height}" role="img">',
            "<title>Which part of mapgen imports which</title>",
            f"<style>{STYLE}</style>",
            f'<path class="grid" d="{lines}"/>',
            *marks,
            "</svg>",
            "</div>",
        ]
    )


def table() -> str:
    """Return the table of the parts."""
    rows = (
        [f"`{part.name}`", part.purpose, f"{part.modules}", f"{part.lines:,}", ", ".join(sorted(part.imports)) or "–"]
        for part in parts()
    )
    return (
        "\n".join(
            [
                "| part | | modules | lines | imports |",
                "|---|---|---:|---:|---|",
                *(f"| {' | '.join(row)} |" for row in rows),
            ]
        )
        + "\n"
    )


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put drawing and table where a page asks for them; called by MkDocs for each page."""
    return markdown.replace(MARK, f"{drawing()}\n\n{table()}") if MARK in markdown else markdown


if __name__ == "__main__":
    import sys

    sys.stdout.write(f"{drawing()}\n\n{table()}")
