"""Renders the page: template, data, scripts, styles and the policy that allows only these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mapgen.footprints.itinerary import itineraries
from mapgen.languages import reader_language, strangeness
from mapgen.model import Document, Kind, ParsedDocument, Sense
from mapgen.reading.dates import dates_in
from mapgen.rendering import assets
from mapgen.rendering.escape import json_for_html, sound, source_text
from mapgen.rendering.ground import ground
from mapgen.rendering.insets import globe, insets
from mapgen.rendering.page_texts import count_name, counted, date_in_words, kind_names, page_texts
from mapgen.rendering.passages import Block, Offsets, blocks
from mapgen.rendering.payload import payload
from mapgen.rendering.picture import picture
from mapgen.rendering.sentence import sentence
from mapgen.rendering.tiles import OPENSTREETMAP, TileLayer

__all__ = ["environment", "policy", "render"]

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_LEAST_DATES = 5  # days that a text names: fewer need no rail
_LONG = 100_000  # code points: paragraphs of a longer text are laid out only when they come into view
_TITLE = 96  # code points of the text's beginning in place of a missing title


def render(parsed: ParsedDocument, *, language: str = "", tiles: Sequence[TileLayer] = (OPENSTREETMAP,)) -> str:
    """Return the page of a parsed document: one complete HTML file, which loads nothing.

    The same input gives the same page, byte for byte.

    Args:
        parsed: the document with its toponyms and footprints.
        language: ISO 639-1 code of the reader; `parsed.language` when not given; English where the page has no texts
            in it.
        tiles: layers that the reader may switch on; the page can send requests to their hosts only.
    """
    return compose(parsed, language=language, tiles=tiles)


def compose(
    parsed: ParsedDocument,
    *,
    language: str = "",
    tiles: Sequence[TileLayer] = (OPENSTREETMAP,),
    head: str = "",
    body: str = "",
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
) -> str:
    """Return the page with additions of folium's elements: markup for head and body, scripts and styles."""
    code = reader_language(language or parsed.language)
    words = page_texts(code)
    scripts = [*assets.page_scripts(), *filter(str.strip, scripts)]
    styles = [*assets.page_styles(), *styles]
    inline = f"{head}{body}"
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            language=code,
            text_language=parsed.document.language,
            words=words,
            kinds=kind_names(code),
            counts=_counts(parsed),
            names=lambda kind, n: count_name(kind, n, code),
            tiles=tiles,
            title=title_of(parsed),
            strange=strangeness(parsed.document.language, code),
            dates=_dates(parsed, code),
            insets=insets(parsed, code),
            globe=globe(parsed.scene),
            threads=bool(itineraries(parsed)),
            hints=[sound(line) for line in parsed.hints],
            source=sound(parsed.document.source if parsed.document.source != "-" else ""),
            date=_date(parsed.document, code),
            mentions=counted(len(parsed.toponyms), "mention", code),
            places=counted(len(parsed.places), "place", code),
            found=bool(parsed.toponyms),
            empty=not parsed.places,
            long=len(parsed.document.text) > _LONG,
            blocks=list(_blocks(parsed)),
            data=json_for_html(payload(parsed, code, tiles=tiles)),
            ground=json_for_html(ground(parsed, pictured=bool(parsed.places))),
            sentence=sound(sentence(parsed, code)),
            picture=picture(parsed, language=code) if parsed.places else "",
            scripts=[Markup(each) for each in scripts],  # noqa: S704
            styles=[Markup(each) for each in styles],  # noqa: S704
            policy=policy([*scripts, *_SCRIPT.findall(inline)], [*styles, *_STYLE.findall(inline)], tiles),
            head=Markup(head),  # noqa: S704
            body=Markup(body),  # noqa: S704
        )
    )


def title_of(parsed: ParsedDocument) -> str:
    """Return the document's title, else its headline, else the beginning of its first paragraph."""
    written, whole = parsed.document.title, True
    if not written:
        first = next(iter(blocks(parsed)), Block("p", 0, 0))
        written, whole = parsed.document.text[first.start : first.end][: 4 * _TITLE], first.type == "headline"
    text = " ".join(sound(written).split())
    if whole or len(text) <= _TITLE:
        return text
    return text[: text.rfind(" ", 0, _TITLE) if " " in text[:_TITLE] else _TITLE].rstrip(" ,;:") + " …"


def _date(document: Document, language: str) -> str:
    """The date of a document in words; one that the document brings along may be that of its collection."""
    date = date_in_words(sound(document.date), language)
    given = not date or document.date_origin == "given"
    return date if given else page_texts(language)["collected"].format(date=date)


def _blocks(parsed: ParsedDocument) -> Iterator[tuple[str, str]]:
    """The blocks of the text: type and words. What only repeats the title is a headline too."""
    title = title_of(parsed)
    for number, block in enumerate(blocks(parsed)):
        text = source_text(parsed.document.text[block.start : block.end])
        repeats = number == 0 and " ".join(text.split()) == title
        yield "headline" if repeats else block.type, text


def _dates(parsed: ParsedDocument, language: str) -> list[tuple[int, int, str]]:
    """The dates of the rail beside the text: start, end (UTF-16 units), words; none where there are few."""
    text, utf16 = parsed.document.text, Offsets(parsed.document.text)
    year = parsed.document.date[:4]
    found = dates_in(text, year=int(year) if year.isdigit() else None)
    named: dict[str, tuple[int, int, str]] = {}
    for start, end, iso in found:
        named.setdefault(iso, (utf16(start), utf16(end), date_in_words(iso, language)))
    return list(named.values()) if len(named) >= _LEAST_DATES else []


def _counts(parsed: ParsedDocument) -> dict[str, int]:
    """The number of places of each kind, and under "" that of metonymic names."""
    counts = dict.fromkeys(map(str, Kind), 0)
    for place, _ in parsed.places:
        counts[str(place.kind)] += 1
    counts[""] = sum(toponym.sense is Sense.METONYMIC and toponym.place is not None for toponym in parsed.toponyms)
    return counts


def policy(scripts: Sequence[str], styles: Sequence[str], tiles: Sequence[TileLayer]) -> str:
    """Return the Content-Security-Policy: scripts and styles by their hashes, pictures inside the page."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(assets.digest(script) for script in scripts),
            "style-src " + " ".join(assets.digest(style) for style in styles),
            " ".join(("img-src data:", *dict.fromkeys(host for layer in tiles for host in layer.hosts))),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; they escape whatever is put into them."""
    return Environment(
        loader=PackageLoader("mapgen.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
