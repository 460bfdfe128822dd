from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import read, read_as
from mapgen.reading.formats import FORMATS, Source, format_of

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = """<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="{charset}"><title>Combats à Alep | Journal</title>
<meta property="og:title" content="Combats à Alep">
<meta property="article:published_time" content="2021-10-11T08:00:00Z"><style>p {{ color: red }}</style></head>
<body><header>Un journal</header><nav>Accueil Paris Londres</nav>
<main><article><h1>Combats à Alep</h1><p>L'armée <b>avance</b> vers
 Hama&nbsp;; elle est à <i>3</i>&#160;km.<br>Une ligne.</p><ul><li>Idleb</li><li>Raqa</li></ul>
<script>var ville = "Berlin";</script><p hidden>Madrid</p><p style="display: none">Rome</p>
<p>&lt;script&gt; reste du texte.</p><table><tr><td>Damas</td><td>12</td></tr></table></article></main>
<aside>Lisbonne</aside><footer>Genève</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_html_is_its_article(charset: str) -> None:
    document = read(io.BytesIO(PAGE.format(charset=charset).encode(charset)))
    assert document.text == (
        "Combats à Alep\n\nL'armée avance vers Hama\u00a0; elle est à 3\u00a0km.\nUne ligne.\n\nIdleb\n\nRaqa\n\n"
        "<script> reste du texte.\n\nDamas\t12"
    )
    assert (document.title, document.date, document.language) == ("Combats à Alep", "2021-10-11", "fr")
    assert document.source_offset == 0


def test_html_without_article_is_its_body() -> None:
    page = "<html><body><div>Un texte sur Alep</div>suite<article>bref</article> fin<!-- Oslo --></body></html>"
    assert read(io.BytesIO(page.encode())).text == "Un texte sur Alep\n\nsuite\n\nbref\n\nfin"


def test_rows_of_a_table_are_lines_with_tabs() -> None:
    rows = "<tr><th>Ville</th><th>Pays</th></tr>\n<tr><td> Châlons-<br>en-Champagne</td><td>France</td></tr>"
    page = f"<html><body><p>Liste<br><br>du jour</p><table>{rows}<tr><td>Oslo</td></tr></table></body></html>"
    text = "Liste\n\ndu jour\n\nVille\tPays\nChâlons-\nen-Champagne\tFrance\nOslo"
    assert read(io.BytesIO(page.encode())).text == text


def test_html_of_great_depth_and_length() -> None:
    deep = b"<html><body>" + b"<div>" * 1500 + b"Alep" + b"</div>" * 1500
    assert read(io.BytesIO(deep)).text == "Alep"
    with pytest.raises(DocumentError, match="nested"):
        read(io.BytesIO(deep.replace(b"<div>", b"<div>" * 20)))
    long = b"<html><body><p>" + b"Alep et Damas. " * 800_000
    assert len(read(io.BytesIO(long)).text) == 15 * 800_000 - 1


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x</script></body></html>", "<!doctype html>"])
def test_html_without_text(page: str) -> None:
    with pytest.raises(DocumentError, match="HTML page holds"):
        read(io.BytesIO(page.encode()))


def word(build: Callable[..., None]) -> bytes:
    import docx

    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word() -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_heading("Combats à Alep", 0)
        document.add_paragraph("L'armée avance vers Hama.")
        paragraph = document.add_paragraph("Elle est ")
        paragraph.add_run("à 3 km").bold = True
        paragraph.add_run().add_break()
        paragraph.add_run("d'Idleb.")
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "Damas", "Raqa"

    document = read(io.BytesIO(word(build)))
    assert document.text == (
        "Combats à Alep\n\nL'armée avance vers Hama.\n\nElle est à 3 km\nd'Idleb.\n\nDamas\n\nRaqa"
    )
    assert document.title == "Combats à Alep"
    assert document.source_offset == 0


def test_word_counts_insertions_and_not_deletions() -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        from docx.oxml import parse_xml

        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        paragraph = document.add_paragraph("Ils tiennent ")._p
        paragraph.append(parse_xml(f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t>Alep</w:t></w:r></w:ins>'))
        paragraph.append(
            parse_xml(f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText>Homs</w:delText></w:r></w:del>')
        )

    assert read(io.BytesIO(word(build))).text == "Ils tiennent Alep"


def test_word_that_is_none() -> None:
    whole = word(lambda document: document.add_paragraph("Alep"))
    with pytest.raises(DocumentError, match="damaged"):
        read(io.BytesIO(whole[: len(whole) // 2].replace(b"PK\x05\x06", b"") + b"word/document.xml"))
    with pytest.raises(DocumentError, match="holds no text"):
        read(io.BytesIO(word(lambda _: None)))
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")
    with pytest.raises(DocumentError, match="cannot be read"):
        read(io.BytesIO(broken.getvalue()))


def portable(lines: list[str], *, title: str = "") -> bytes:
    """Return a PDF of one page, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Title(%s)>>" % title.encode("cp1252"),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def test_pdf() -> None:
    lines = ["Combats à Alep", "L'armée avance vers Lat-", "taquié et Deir-", "ez-Zor. Puis Deir-ez-Zor tombe."]
    document = read(io.BytesIO(portable(lines, title="Combats à Alep")))
    assert document.text.split("\n") == lines
    assert read_as(document).document.text.split("\n") == [
        "Combats à Alep",
        "L'armée avance vers Lattaquié et Deir-ez-Zor. Puis Deir-ez-Zor tombe.",
    ]
    assert document.title == "Combats à Alep"
    assert read(io.BytesIO(portable(lines, title="Microsoft Word - doc1"))).title == ""


def test_pdf_that_is_none(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(io.BytesIO(portable([""])))
    for broken in (b"%PDF-1.4\n", portable(["Alep"])[:200], b"%PDF-1.4 " + b"\0\xff" * 300):
        with pytest.raises(DocumentError, match="PDF"):
            read(io.BytesIO(broken))
    assert not caplog.records


def test_a_password() -> None:
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(portable(["Alep"])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(DocumentError, match="password"):
        read(io.BytesIO(buffer.getvalue()))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE2 + b"\0" * 100, "Office"),
        (
            OLE2 + "__properties_version1.0".encode("utf-16-le") + b"\0\0",
            r"Outlook.*\.msg",
        ),
        (OLE2 + "WordDocument".encode("utf-16-le") + b"\0\0", r"Word.*\.doc\b"),
        (OLE2 + "Workbook".encode("utf-16-le") + b"\0\0", r"Excel.*\.xls\b"),
        (b"PK\x03\x04 mimetype application/vnd.oasis", "archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "picture.*OCR"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture.*OCR"),
        (b"7z\xbc\xaf\x27\x1c\0", "7z"),
        (b"\x1f\x8b\x08 and so on", "gzip"),
    ],
)
def test_foreign_formats_are_named(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(io.BytesIO(data))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, r"presentation \(\.odp\)"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, r"spreadsheet \(\.ods\)"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, r"drawing \(\.odg\)"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, r"PowerPoint \(\.pptx\)"),
        ({"[Content_Types].xml": "", "visio/document.xml": ""}, r"Visio \(\.vsdx\)"),
        ({"xl/workbook.bin": ""}, r"Excel.*\.xlsb"),
        ({"doc.kml": ""}, "KMZ"),
        ({"a.txt": "Il neige."}, r"archive \(ZIP\)"),
    ],
)
def test_foreign_archives_are_named(parts: dict[str, str], message: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(DocumentError, match=message):
        read(io.BytesIO(buffer.getvalue()))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><article><p>Il neige.</p><ul><li>Il pleut.</li></ul><p>A Lyon, non.</p></article></body></html>",
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
        b"Il neige.\n\nIl\npleut.\n \n\nA Lyon, non.\n",
        rb"{\rtf1 Il neige.\par\par Il pleut.\par\par A Lyon, non.}",
    ],
    ids=["HTML", "e-mail", "RTF"],
)
def test_paragraphs_are_addresses(data: bytes) -> None:
    document = read(io.BytesIO(data))
    assert str(document.address(document.text.index("neige"))) == "paragraph=1"
    assert str(document.address(document.text.index("pleut"))) == "paragraph=2"
    assert str(document.address(document.text.index("Lyon"))) == "paragraph=3"


def test_the_bytes_decide_before_the_name() -> None:
    def chosen(data: bytes, suffix: str) -> str:
        return format_of(Source(data=data, suffix=suffix)).name

    assert chosen(portable(["Alep"]), ".txt") == "PDF"
    assert chosen(b"<p>Alep</p>", ".htm") == "HTML"
    assert chosen(b"<p>Alep</p>", ".txt") == "plain text"
    assert chosen(b"Alep", ".log") == "plain text"
    with pytest.raises(DocumentError, match="not PDF"):
        chosen(b"Alep", ".pdf")


def test_every_format_has_names_of_its_own() -> None:
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
