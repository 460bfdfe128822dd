from __future__ import annotations

import io

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import read

RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}
{\info{\title Le port}{\author Oslo}}{\stylesheet{\s0 Rome;}}{\*\generator Madrid;}
\pard\f0 Ils quittent S\'e8te\~{\b pour} N\u238\'eemes{\footnote Vers Agde.}.\par
{\field{\*\fldinst HYPERLINK "http://example.org/berlin"}{\fldrslt Lunel}} {\v Vienne}{\f1 \'cc\'ee\'f1\'ea\'e2\'e0}\par
{\header Une feuille\par}{\header Une feuille\par}\trowd Al\u232 ?s\cell 12\cell\row
{\shp{\*\shpinst{\sp{\sn x}{\sv Prague}}{\shptxt En bo\'eete\par}}{\shprslt En boite}}{\pict 89504e47\bin3 }{}}
}"""


def test_text_notes_boxes_and_headers() -> None:
    document = read(io.BytesIO(RTF))
    assert document.text == (
        "Ils quittent Sète\u00a0pour Nîmes.\n\nLunel Москва\n\nAlès\t12\t\nEn boîte\n\nVers Agde.\n\nUne feuille"
    )
    assert document.title == "Le port"
    assert [str(document.address(document.text.index(name))) for name in ("Sète", "Lunel", "Agde")] == [
        "paragraph=1",
        "paragraph=2",
        "paragraph=4",
    ]


def test_surrogates_and_braces() -> None:
    assert read(io.BytesIO(rb"{\rtf1 \u-10179?\u-8704? \{Sumy\}}}}")).text == "\U0001f600 {Sumy}"


@pytest.mark.parametrize("data", [rb"{\rtf1 {\*\x Oslo}}", rb"{\rtf1" + b"{" * 300_000])
def test_rtf_without_a_text(data: bytes) -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(io.BytesIO(data))
