from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import pytest

from mapgen.errors import DocumentError
from mapgen.model import Document
from mapgen.reading import read
from mapgen.reading.formats.pdf_layout import Line, Page, without_furniture

canvas = pytest.importorskip("reportlab.pdfgen.canvas")


def drawn(*pages: Callable[..., None]) -> bytes:
    """Return a PDF whose pages are drawn by functions."""
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(595, 842), invariant=True)
    for page in pages:
        page(paper)
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def lines(*placed: tuple[float, float, str], size: float = 11) -> Callable[..., None]:
    """Return a page with lines at places (x, y)."""

    def draw(paper) -> None:  # type: ignore[no-untyped-def]
        paper.setFont("Helvetica", size)
        for x, y, text in placed:
            paper.drawString(x, y, text)

    return draw


def picture(paper) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def open_pdf(data: bytes) -> Document:
    return read(io.BytesIO(data))


def test_pages_are_addresses_and_headers_are_gone() -> None:
    def page(number: int, text: str) -> Callable[..., None]:
        return lines((60, 805, f"Carnet de Nevers {number}"), (60, 600, text), (280, 30, f"- {number} -"))

    document = open_pdf(
        drawn(page(1, "Ils vont de Mon-"), page(2, "targis vers Rio"), page(3, "Tinto."), page(4, "Fin."))
    )
    assert document.text == "Ils vont de Mon-\ntargis vers Rio\nTinto.\n\nFin."
    assert str(document.address(document.text.index("Tinto"))) == "page=3"


def test_columns_drawn_by_rows() -> None:
    left = ["Les camions ont passé la", "nuit dans la cour de la", "gare de Vierzon, puis on", "les a vus à Loches."]
    right = ["Le bac de Royan n'a pas", "pris la mer hier, car le", "vent venait du sud vers", "le phare de Cordouan."]
    rows: Iterable[tuple[float, float, str]] = [
        cell
        for number, (one, two) in enumerate(zip(left, right, strict=True))
        for cell in ((60, 700 - 13 * number, one), (210, 700 - 13 * number, two))
    ]
    document = open_pdf(drawn(lines((60, 740, "Un titre sur toute la largeur des deux colonnes du journal"), *rows)))
    assert document.text.replace("\n\n", "\n").split("\n")[1:] == [*left, *right]


def test_a_table_is_read_by_rows() -> None:
    cells = [("Vierzon", "Cher"), ("Loches", "Touraine"), ("Royan", "Saintonge"), ("Nevers", "Nièvre")]
    placed = [
        (x, 700.0 - 14 * row, cell) for row, pair in enumerate(cells) for x, cell in zip((60, 260), pair, strict=True)
    ]
    assert open_pdf(drawn(lines(*placed))).text.split("\n") == ["\t".join(pair) for pair in cells]


def test_the_number_of_a_note_is_no_part_of_a_name() -> None:
    def draw(paper) -> None:  # type: ignore[no-untyped-def]
        text = paper.beginText(60, 700)
        text.setFont("Helvetica", 12)
        text.textOut("Vers Vierzon")
        text.setRise(4)
        text.setFont("Helvetica", 7)
        text.textOut("12")
        text.setRise(0)
        text.setFont("Helvetica", 12)
        text.textOut(" et Loches.")
        paper.drawText(text)

    assert open_pdf(drawn(draw)).text == "Vers Vierzon et Loches."


def test_a_page_that_is_turned() -> None:
    def draw(paper) -> None:  # type: ignore[no-untyped-def]
        paper.translate(300, 100)
        paper.rotate(90)
        lines((0, 0, "Ils vont à Vierzon,"), (0, -14, "puis à Loches."))(paper)

    assert open_pdf(drawn(draw)).text == "Ils vont à Vierzon,\npuis à Loches."


def test_scanned_pages_are_told() -> None:
    document = open_pdf(drawn(lines((60, 700, "Ils vont à Vierzon, puis à Loches.")), picture, picture))
    assert document.notes == ("pages 2, 3 are scanned, without text: run a text recognition (OCR) over it first",)
    with pytest.raises(DocumentError, match=r"scanned.*OCR"):
        open_pdf(drawn(picture))


UNMAPPED = b"""<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 66
/Widths[8 8]/CharProcs<</g1 6 0 R/g2 6 0 R>>/Encoding<</Type/Encoding/Differences[65/g1/g2]>>/Resources<<>>>>"""


def test_fonts_without_a_text_map_are_told() -> None:
    stream = b"BT /F1 12 Tf 60 700 Td (" + b"ABBA" * 20 + b") Tj ET"
    glyph = b"8 0 0 0 8 8 d1 0 0 8 8 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        UNMAPPED,
        b"<</Length %d>>stream\n%s\nendstream" % (len(glyph), glyph),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
    with pytest.raises(DocumentError, match=r"text map.*OCR"):
        open_pdf(data + b"trailer<</Size 7/Root 1 0 R>>")


def test_lines_that_come_once_stay() -> None:
    def page(*texts: str) -> Page:
        return Page(tuple(Line(text, 800.0 - 20 * number, 10) for number, text in enumerate(texts)), 842)

    pages = [page("Journal 1", "Vierzon"), page("Journal 2", "Loches"), page("Une autre tête", "Royan")]
    kept = [[line.text for line in each.lines] for each in without_furniture(pages)]
    assert kept == [["Vierzon"], ["Loches"], ["Une autre tête", "Royan"]]
    assert without_furniture([page("Journal 1")]) == [page("Journal 1")]
