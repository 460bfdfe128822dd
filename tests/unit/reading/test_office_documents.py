"""Word, OpenDocument and EPUB: archives of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from mapgen.errors import DocumentError
from mapgen.model import Document
from mapgen.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def related(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{KINDS}/{kind.rstrip("_")}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def paragraph(text: str, extra: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{extra}</w:p>"


def part(tag: str, content: str, *, space: str = W, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:{tag} xmlns:w="{space}" xmlns:mc="{MC}">{content}</w:{tag}>'


def open_bytes(data: bytes) -> Document:
    return read(io.BytesIO(data))


def word(body: str, *, main: str = "word/document.xml", space: str = W, before: str = "", **parts: str) -> bytes:
    files: dict[str, str | bytes] = {
        "_rels/.rels": related(officeDocument=f"/{main}"),
        main: part("document", f"<w:body>{body}</w:body>", space=space, before=before),
        f"word/_rels/{main.rpartition('/')[2]}.rels": related(**{name: f"{name}.xml" for name in parts}),
    }
    return archive(files | {f"word/{name}.xml": content for name, content in parts.items()})


@pytest.mark.parametrize("main", ["word/document.xml", "word/document3.xml"])
@pytest.mark.parametrize("space", [W, STRICT])
def test_the_main_part_is_found_by_its_relationship(main: str, space: str) -> None:
    document = open_bytes(word(paragraph("Vers Lunel.") + paragraph("Puis Agde."), main=main, space=space))
    assert document.text == "Vers Lunel.\n\nPuis Agde."
    assert str(document.address(document.text.index("Agde"))) == "paragraph=2"


def test_notes_follow_and_edges_come_once() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    footnotes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Voir Sommières.")}</w:footnote>'
    )
    data = word(
        paragraph("Titre") + paragraph("Vers Lunel", note) + paragraph("Fin."),
        footnotes=part("footnotes", footnotes),
        header=part("hdr", paragraph("Mairie de Mende")),
        header_=part("hdr", paragraph("Mairie de Mende") + paragraph("12")),
    )
    document = open_bytes(data)
    assert document.text == "Titre\n\nVers Lunel\n\nFin.\n\nVoir Sommières.\n\nMairie de Mende"
    assert str(document.address(document.text.index("Sommières"))) == "paragraph=2"
    assert str(document.address(document.text.index("Mende"))) == "edge=1"


def test_a_text_box_is_read_once_and_an_entity_loses_nothing() -> None:
    box = f"<w:txbxContent>{paragraph('En boîte : Gap')}</w:txbxContent>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r>"
    entity = '<!DOCTYPE x [<!ENTITY ville "Lodève">]>'
    document = open_bytes(word(paragraph("Vers &ville; et Agde", both), before=entity))
    assert document.text == "Vers Lodève et Agde\n\nEn boîte : Gap"


ODT = "application/vnd.oasis.opendocument.text"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
BODY = (
    "<office:body><office:text><text:tracked-changes><text:p>Oslo</text:p></text:tracked-changes>"
    "<text:h>Un titre</text:h><text:p>Vers<text:s text:c='2'/>Lunel<text:note>"
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>Voir Agde.</text:p></text:note-body>"
    "</text:note> et <text:span>Gap</text:span>.</text:p>"
    "<text:list><text:list-item><text:p>Mende</text:p></text:list-item></text:list></office:text></office:body>"
)
STYLES = (
    "<office:master-styles><style:master-page><style:header><text:p>En tête</text:p></style:header>"
    "<style:header-left><text:p>En tête</text:p></style:header-left></style:master-page></office:master-styles>"
)


@pytest.mark.parametrize("flat", [False, True])
def test_open_document(flat: bool) -> None:
    meta = "<office:meta><dc:title>Carnet</dc:title></office:meta>"
    if flat:
        whole = f'<?xml version="1.0"?><office:document {SPACES} office:mimetype="{ODT}">{meta}{STYLES}{BODY}'
        data = f"{whole}</office:document>".encode()
    else:
        roots = {"content.xml": BODY, "styles.xml": STYLES, "meta.xml": meta}
        data = archive(
            {"mimetype": ODT} | {name: f"<office:x {SPACES}>{inside}</office:x>" for name, inside in roots.items()}
        )
    document = open_bytes(data)
    assert document.text == "Un titre\n\nVers  Lunel et Gap.\n\nMende\n\nVoir Agde.\n\nEn tête"
    assert document.title == "Carnet"
    assert str(document.address(document.text.index("Agde"))) == "paragraph=2"


def book(**more: str) -> bytes:
    items = (
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="a" href="un%20a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
    )
    refs = '<itemref idref="n"/><itemref idref="b"/><itemref idref="a"/>'
    meta = '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tour</dc:title><dc:language>fr</dc:language></metadata>'
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html>'
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
            "OPS/p.opf": f"<package>{meta}<manifest>{items}</manifest><spine>{refs}</spine></package>",
            "OPS/nav.xhtml": page.format("Oslo"),
            "OPS/un a.xhtml": page.format("Vers Gap."),
            "OPS/b.xhtml": page.format("Vers Mende."),
        }
        | more
    )


def test_chapters_in_the_order_of_the_spine() -> None:
    document = open_bytes(book())
    assert document.text == "Vers Mende.\n\nVers Gap."
    assert (document.title, document.language) == ("Tour", "fr")
    assert str(document.address(document.text.index("Gap"))) == "chapter=2"


def test_a_protected_book_is_refused() -> None:
    method = '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    with pytest.raises(DocumentError, match="DRM"):
        open_bytes(book(**{"META-INF/encryption.xml": f"<encryption>{method}</encryption>"}))


def test_bombs_are_refused() -> None:
    lots = b"<w:p/>" * 20_000_000
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "Gap">{nested}]>'
    with pytest.raises(DocumentError, match="unpacks to more than"):
        open_bytes(archive({"word/document.xml": lots}))
    for data in (word(paragraph("&a11;"), before=laughs), word("<w:x>" * 3000 + "</w:x>" * 3000)):
        with pytest.raises(DocumentError, match="well formed"):
            open_bytes(data)
    external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    try:
        assert open_bytes(word(paragraph("Vers &a;Gap"), before=external)).text == "Vers Gap"
    except DocumentError as error:
        assert "well formed" in error.message


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ppt/presentation.xml", "PowerPoint"),
        ("xl/workbook.bin", "xlsb"),
        ("doc.kml", "KMZ"),
        ("Index/Document.iwa", "Pages"),
        ("photo.jpg", "archive"),
    ],
)
def test_other_archives_are_refused_by_their_names(name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        open_bytes(archive({name: b"x"}))


def test_a_protected_archive_is_refused() -> None:
    data = bytearray(word(paragraph("Gap")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(DocumentError, match="password"):
        open_bytes(bytes(data))
