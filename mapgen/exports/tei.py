"""TEI P5: the text with its place names marked, and the places in a standOff with one listPlace.

The content of `body`, read as one string, is the text character by character: white space between paragraphs is
between the `p` elements, and nothing else is added. Elements and attributes are those of the TEI Guidelines, chapters 2
(header), 13 (names, dates, places) and 16 (standOff).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from mapgen import __version__
from mapgen.alignment import NormalText
from mapgen.exports.xml import add, finished, holdable
from mapgen.languages import place_name
from mapgen.model import AnnotatedDocument, Decision, Document, Place, Sense, Span, Toponym
from mapgen.reading.segments import paragraphs

__all__ = ["write"]

_XML = "{http://www.w3.org/XML/1998/namespace}"
_SPACE = " \t\r\n"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def write(parsed: AnnotatedDocument) -> str:
    """Return the document as TEI.

    `placeName` in the text refers by `ref` to its `place`, says by `cert` how probable that is, and by `type` whether
    it is literal or metonymic, by `n` where in the source it stands; one without `ref` was found and not placed. A name
    that a person marked as no place is a `name`.
    """
    tei = ElementTree.Element("TEI", xmlns="http://www.tei-c.org/ns/1.0")
    _header(tei, parsed.document)
    places = [place for place, _ in parsed.places]
    ids = {place.id: f"place-{number}" for number, place in enumerate(places, start=1)}
    if places:
        listing = add(add(tei, "standOff"), "listPlace")
        for place in places:
            _place(listing, place, ids[place.id], parsed.language)
    ElementTree.indent(tei)
    text = add(tei, "text", **{f"{_XML}lang": parsed.document.language or "und"})
    _body(add(text, "body"), parsed, ids)
    text.tail = "\n"
    return finished(tei)


def _header(tei: ElementTree.Element, document: Document) -> None:
    header = add(tei, "teiHeader")
    file = add(header, "fileDesc")
    title = document.title or document.source or "untitled"
    add(add(file, "titleStmt"), "title", title)
    add(add(file, "publicationStmt"), "p", "Made by a program from the source named below; not published by itself.")
    source = add(add(file, "sourceDesc"), "bibl")
    add(source, "title", title)
    if _DATE.fullmatch(document.date):
        add(source, "date", document.date, when=document.date)
    if document.source and document.source != title:
        add(source, "idno", document.source, type="file")
    tool = add(add(add(header, "encodingDesc"), "appInfo"), "application", ident="mapgen", version=__version__)
    add(tool, "label", "mapgen found the place names and chose the places")


def _place(listing: ElementTree.Element, place: Place, id_: str, language: str) -> None:
    element = add(listing, "place", **{f"{_XML}id": id_, "type": str(place.kind)})
    label = place_name(place, language)
    add(element, "placeName", label, **{f"{_XML}lang": language})
    if place.name != label:
        add(element, "placeName", place.name)
    if place.country:
        add(element, "country", key=place.country)
    for division in place.admin:
        add(element, "region", place_name(division, language))
    add(add(element, "location"), "geo", f"{place.lat} {place.lon}")
    add(element, "idno", place.id, type="mapgen")
    if place.geonameid is not None:
        add(element, "idno", f"https://sws.geonames.org/{place.geonameid}/", type="URI")
    add(element, "note", place.source, type="source")


def _body(body: ElementTree.Element, parsed: AnnotatedDocument, ids: dict[str, str]) -> None:
    """Fill in the text with its names, so that its string value is the text."""
    text = parsed.document.text
    end = 0
    last: ElementTree.Element | None = None
    for (start, stop), inside in _blocks(parsed.aligned, parsed.toponyms):
        between = holdable(text[end:start])
        if last is None:
            body.text = between
        else:
            last.tail = between
        last = add(body, "p")
        _paragraph(last, parsed.document, (start, stop), inside, ids)
        end = stop
    if last is not None:
        last.tail = holdable(text[end:])


def _blocks(text: NormalText, toponyms: Sequence[Toponym]) -> Iterator[tuple[Span, list[Toponym]]]:
    """The paragraphs with their names; paragraphs that a name runs across are one."""
    blocks: list[tuple[Span, list[Toponym]]] = []
    at = 0
    for start, stop in _covering(text):
        if blocks and blocks[-1][1] and blocks[-1][1][-1].end > start:
            span, inside = blocks.pop()
            blocks.append(((span[0], stop), inside))
        else:
            blocks.append(((start, stop), []))
        while at < len(toponyms) and toponyms[at].start < stop:
            blocks[-1][1].append(toponyms[at])
            at += 1
    yield from blocks


def _covering(normal: NormalText) -> Iterator[Span]:
    """The paragraphs, such that nothing but the white space of XML (its production 3) lies between them."""
    text = normal.written
    spans = paragraphs(normal) or ((0, len(text)),)
    begin = len(text) - len(text.lstrip(_SPACE))
    for number, (start, stop) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        gap = text[stop:following].rstrip(_SPACE)
        yield (start if number else min(start, begin)), stop + len(gap)


def _paragraph(
    paragraph: ElementTree.Element, document: Document, span: Span, toponyms: list[Toponym], ids: dict[str, str]
) -> None:
    text = document.text
    at, stop = span
    last: ElementTree.Element | None = None
    for toponym in toponyms:
        before = holdable(text[at : toponym.start])
        if last is None:
            paragraph.text = before
        else:
            last.tail = before
        last = add(paragraph, *_name(toponym), **_attributes(toponym, ids))
        if (address := document.address(toponym.start)) is not None:
            last.set("n", str(address))
        at = toponym.end
    if last is None:
        paragraph.text = holdable(text[at:stop])
    else:
        last.tail = holdable(text[at:stop])


def _name(toponym: Toponym) -> tuple[str, str]:
    return ("name" if toponym.decision is Decision.NO_PLACE else "placeName", toponym.text)


def _attributes(toponym: Toponym, ids: dict[str, str]) -> dict[str, str]:
    if toponym.decision is Decision.NO_PLACE:
        return {"type": "no-place"}
    attributes = {"type": str(Sense(toponym.sense))}
    if toponym.place is not None and toponym.resolution is not None:
        attributes |= {"ref": f"#{ids[toponym.place.id]}", "cert": f"{toponym.resolution.probability:.4f}"}
    return attributes
