"""Names in PDFs of four layouts: as many as in the same text without any."""

from __future__ import annotations

import io

import pytest

import mapgen
from mapgen.gazetteer import Gazetteer

pytest.importorskip("reportlab")

from pdf_layouts import LAYOUTS, NAMES, TEXT


def found(geoparser: mapgen.Geoparser, document: mapgen.Document | str) -> set[str]:
    return {toponym.name for toponym in geoparser.annotate(document).toponyms if toponym.place is not None} & set(NAMES)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_name_is_lost_by_the_layout(layout: str, gazetteer: Gazetteer) -> None:
    with mapgen.Geoparser(gazetteer=gazetteer, language="fr") as geoparser:
        plain = found(geoparser, TEXT)
        placed = found(geoparser, mapgen.read(io.BytesIO(LAYOUTS[layout]())))
    assert len(NAMES) == 81
    assert len(plain) >= 79
    assert plain - placed == set()
