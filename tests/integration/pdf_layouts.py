"""PDFs of a text with 81 names in four layouts, drawn by reportlab as word processors and newspapers draw them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence

__all__ = ["LAYOUTS", "NAMES", "TEXT"]

_OF_NAMES = """Aix-en-Othe, Bar-sur-Seine, Brienne-le-Château, Nogent-sur-Seine, Romilly-sur-Seine, Arcis-sur-Aube,
Saint-Dizier, Vitry-le-François, Sainte-Menehould, Mourmelon-le-Grand, Épernay, Sézanne, Fère-Champenoise, Montmirail,
Château-Thierry, La Ferté-Milon, Villers-Cotterêts, Soissons, Crécy-sur-Serre, Bohain-en-Vermandois, Saint-Quentin, Ham,
Péronne, Albert, Doullens, Saint-Pol-sur-Ternoise, Lillers, Bruay-la-Buissière, Hénin-Beaumont, Douai, Orchies,
Saint-Amand-les-Eaux, Condé-sur-l'Escaut, Le Quesnoy, Le Cateau-Cambrésis, Avesnes-sur-Helpe, Fourmies, Hirson, Vervins,
Rethel, Charleville-Mézières, Sedan, Mouzon, Stenay, Verdun, Bar-le-Duc, Commercy, Toul, Pont-à-Mousson, Lunéville,
Saint-Dié-des-Vosges, Gérardmer, Remiremont, Le Thillot, Luxeuil-les-Bains, Lure, Montbéliard, Pontarlier, Champagnole,
Lons-le-Saunier, Saint-Claude, Oyonnax, Bourg-en-Bresse, Villefranche-sur-Saône, Mâcon, Chalon-sur-Saône, Le Creusot,
Autun, Château-Chinon, Clamecy, Cosne-Cours-sur-Loire, La Charité-sur-Loire, Bourges, Vierzon, Romorantin-Lanthenay,
Saint-Aignan, Loches, Châtellerault, Mirebeau, Bressuire, Parthenay"""
NAMES = tuple(" ".join(name.split()) for name in _OF_NAMES.split(","))
_PHRASES = (
    "Le convoi a quitté {} de bon matin par la vallée",
    "il est passé par {} sans que personne ne le voie",
    "puis on l'a signalé à {} vers le soir",
    "où la mairie de {} a fait ouvrir la salle des fêtes",
    "tandis que les gens de {} se rassemblaient sur la place",
)


def _sentences() -> Iterator[str]:
    for start in range(0, len(NAMES), 3):
        group = NAMES[start : start + 3]
        parts = [_PHRASES[(start + number) % 5].format(name) for number, name in enumerate(group)]
        text = ", ".join(parts)
        yield text[0].upper() + text[1:] + "."


TEXT = " ".join(_sentences())
_SIZE, _LEADING = 10.5, 13.0
_FONT = "Times-Roman"


def _wrapped(width: float, *, syllables: bool = True) -> list[str]:
    """Return the text in lines; a word is parted at its own hyphens, or, where allowed, before its last syllables."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    line = ""
    for word in TEXT.split():
        for number, piece in enumerate(re.findall(r"[^-]+-?", word)):
            joint = "" if not line or number else " "
            if stringWidth(line + joint + piece, _FONT, _SIZE) <= width:
                line += joint + piece
                continue
            head = piece[: len(piece) // 2]
            if (
                syllables
                and len(piece) > 8
                and piece.isalpha()
                and stringWidth(line + joint + head + "-", _FONT, _SIZE) <= width
            ):
                lines.append(line + joint + head + "-")
                line = piece[len(head) :]
            else:
                lines.append(line)
                line = piece
    return [*lines, line]


def _drawn(draw: Callable[..., None]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def _line(canvas, x: float, y: float, text: str, width: float = 0.0) -> None:  # type: ignore[no-untyped-def]
    """Draw a line; with a width it is justified by the spaces between its words."""
    canvas.setFont(_FONT, _SIZE)
    spaces = text.count(" ")
    free = width - canvas.stringWidth(text, _FONT, _SIZE)
    gap = free / spaces if width and spaces and free < 0.3 * width else 0.0
    canvas.drawString(x, y, text, wordSpace=gap)


def _furniture(canvas, page: int, title: str) -> None:  # type: ignore[no-untyped-def]
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 810, title)
    canvas.drawCentredString(297, 30, f"Imprimerie de Poitiers — page {page}")


def _chunks(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    yield from (lines[start : start + size] for start in range(0, len(lines), size))


def one_column() -> bytes:
    """A letter in one justified column over several pages, with a header and a footer."""

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        for page, lines in enumerate(_chunks(_wrapped(330), 24), start=1):
            _furniture(canvas, page, "Carnet de route — Archives de Guéret")
            for number, text in enumerate(lines):
                _line(canvas, 120, 760 - number * _LEADING * 1.4, text, 330)
            canvas.showPage()

    return _drawn(draw)


def _in_columns(  # type: ignore[no-untyped-def]
    canvas, count: int, width: float, *, by_rows: bool, rows: int, staggered: float = 0.0
) -> None:
    gap = 16.0
    columns = list(_chunks(_wrapped(width), rows))
    for page, group in enumerate(_chunks(columns, count), start=1):
        _furniture(canvas, page, f"LE MESSAGER {page} — Nevers" if page % 2 else f"{page} LE MESSAGER — Moulins")
        if page == 1:
            canvas.setFont("Times-Bold", 20)
            canvas.drawString(60, 775, "Le convoi traverse le pays en une nuit")
        cells = [
            (60 + place * (width + gap), 740 - number * _LEADING - place * staggered, text)
            for place, column in enumerate(group)
            for number, text in enumerate(column)
        ]
        for x, y, text in sorted(cells, key=lambda cell: (-cell[1], cell[0])) if by_rows else cells:
            _line(canvas, x, y, text, width)
        canvas.showPage()


def two_columns() -> bytes:
    """Two columns drawn one after the other, their lines not level, under a headline over both."""
    return _drawn(lambda canvas: _in_columns(canvas, 2, 230, by_rows=False, rows=26, staggered=5.0))


def two_columns_by_rows() -> bytes:
    """Two columns drawn line by line across the page."""
    return _drawn(lambda canvas: _in_columns(canvas, 2, 230, by_rows=True, rows=26))


def three_columns_by_rows() -> bytes:
    """Three narrow columns of a newspaper, drawn line by line across the page."""
    return _drawn(lambda canvas: _in_columns(canvas, 3, 148, by_rows=True, rows=30))


LAYOUTS = {layout.__name__: layout for layout in (one_column, two_columns, two_columns_by_rows, three_columns_by_rows)}
