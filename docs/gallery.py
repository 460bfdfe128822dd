"""Write the pages of the gallery and their index: `python docs/gallery.py`, or with a folder to write to.

What the pages are made of is in docs/gallery/gallery.toml. The archive needs `pip install 'mapgen[corpus]'`.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import mapgen
from mapgen.files import write_aside

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"

HEAD = """# Gallery

<!-- Written by `python docs/gallery.py` from docs/gallery/gallery.toml. -->

Each page is one file that asks nothing of any network, as `mapgen map` and `mapgen corpus` write it. The dispatch is
a real one; the other texts are written for this gallery, and what they tell is invented. None of them trains mapgen,
and nothing in it is adjusted to them: each entry also says where the map is wrong.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the gallery.

    Attributes:
        name: of its file, without the ending.
        source: the text or archive that it is made from, from the root of the checkout.
        title: of the page.
        what: the sort of text.
        shows: what the page is an example of.
        errs: where the map is wrong.
        date: of the text, ISO 8601, or "".
        places: a file of own places, or "".
        wrong: id of the place that mapgen gives to a name of which `errs` speaks; "" where it gives none.
    """

    name: str
    source: str
    title: str
    what: str
    shows: str
    errs: str
    date: str = ""
    places: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def is_archive(self) -> bool:
        """Whether it is made from many texts."""
        return self.source.endswith(".jsonl")


Found = Iterable[tuple[str, str]]
"""Names of a text as read, each with the id of its place, or ""."""


def pages() -> list[Page]:
    """Return the pages in the order of the index."""
    listed = tomllib.loads((GALLERY / "gallery.toml").read_text(encoding="utf-8"))["page"]
    return [Page(**each) for each in listed]


def made(page: Page) -> tuple[str, Found]:
    """Return the HTML of a page, and the names of its text with their places."""
    return _archive(page) if page.is_archive else _text(page)


def _text(page: Page) -> tuple[str, Found]:
    document = mapgen.read(ROOT / page.source, title=page.title, date=page.date)
    with mapgen.Geoparser(places=ROOT / page.places if page.places else ()) as geoparser:
        parsed = geoparser.parse(document)
    return parsed.to_html(), [(each.text, each.place.id if each.place is not None else "") for each in parsed.toponyms]


def _archive(page: Page) -> tuple[str, Found]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = mapgen.Corpus(ROOT / page.source, folder)
        corpus.run(jobs=1, title=page.title)
        rows = corpus.toponyms(["text", "place_id"]).to_pylist()
        html = (Path(folder) / "corpus.html").read_bytes().decode("utf-8")
    return html, [(row["text"], row["place_id"] or "") for row in rows]


def outdated(page: Page, found: Found) -> Iterator[str]:
    """Yield the names that no longer have the place that `errs` speaks of."""
    has: dict[str, set[str]] = {}
    for name, place in found:
        has.setdefault(name, set()).add(place)
    for name, place in page.wrong.items():
        if place not in has.get(name, {""}):
            yield name


def index(listed: Iterable[Page]) -> str:
    """Return index.md: what each page shows and where it is wrong."""
    parts = [
        f"## [{page.title}]({page.name}.html)\n\n{page.what}. {page.shows}\n\n*Where it is wrong:* {page.errs}\n\n"
        f"Made from `{page.source}`{f' and `{page.places}`' if page.places else ''}.\n"
        for page in listed
    ]
    return "\n".join([HEAD, *parts])


def main(folder: Path) -> None:
    """Write all pages and the index to a folder."""
    listed = pages()
    for page in listed:
        html, found = made(page)
        write_aside(folder / f"{page.name}.html", html.encode("utf-8"))
        for name in outdated(page, found):
            print(f"{page.name}: {name} is placed otherwise than gallery.toml says", file=sys.stderr)  # noqa: T201
    write_aside(folder / "index.md", index(listed).encode("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GALLERY)
