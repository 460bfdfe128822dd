"""TEI and other XML, feeds, LaTeX, Markdown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.model import Document
from mapgen.reading import read


def open_text(text: str) -> Document:
    return read(io.BytesIO(text.encode()))


def test_tei_without_its_header() -> None:
    document = open_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>Carnet</title><p>Oslo</p></teiHeader>'
        '<text xml:lang="fr"><body><pb n="4"/><fw>Rome</fw><head>Lunel</head><p>Vers <placeName>Lo</placeName>'
        '<lb break="no"/>\n<placeName>dève</placeName><note>Voir Agde.</note> et <choice><sic>Gapp</sic>'
        '<corr>Gap</corr></choice>, à Saint-<lb/>\nAffrique.</p><pb n="5"/><p>Fin &eacute;.</p></body></text></TEI>'
    )
    assert document.text == "Lunel\n\nVers Lodève et Gap, à Saint-\nAffrique.\n\nVoir Agde.\n\nFin é."
    assert (document.title, document.language) == ("Carnet", "fr")
    assert [str(document.address(document.text.index(name))) for name in ("Lodève", "Agde", "Fin")] == [
        "page=4",
        "page=4",
        "page=5",
    ]


def test_xml_that_is_not_known() -> None:
    document = open_text(
        '<?xml version="1.0"?><doc><meta><city>Oslo</city></meta><headline>Un titre</headline><part><para>Vers <b>Gap'
        "</b> et Agde.</para><w>San</w> <w>Remo</w></part></doc>"
    )
    assert document.text == "Un titre\n\nVers Gap et Agde.\n\nSan Remo"
    assert document.title == "Un titre"


def test_lines_of_text_recognition() -> None:
    alto = (
        '<alto><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT="Vers"/><SP/><String CONTENT="Lo"/><HYP/>'
        '</TextLine><TextLine><String CONTENT="dève"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
    )
    assert open_text(alto).text == "Vers Lo-\ndève"
    page = (
        "<PcGts><Page><TextRegion><TextLine><Word><TextEquiv><Unicode>Gap</Unicode></TextEquiv></Word><TextEquiv>"
        "<Unicode>Vers Gap</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
    )
    document = open_text(page)
    assert (document.text, str(document.address(0))) == ("Vers Gap", "page=1")


RSS = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Oslo</title><language>fr</language>
<item><title>Crue à Gap</title><description>&lt;p&gt;La Durance &amp;agrave; Tallard.&lt;/p&gt;</description>
<pubDate>Tue, 02 Jul 2019 08:00:00 GMT</pubDate></item>
<item><title>Feu</title><description>Bref</description><content:encoded><![CDATA[<p>À <b>Mende</b>.</p><p>Et Agde.</p>
]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Oslo</title><entry><title>Crue à Gap</title>
<updated>2019-07-02T08:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>La Durance à
Tallard.</p></div></content></entry><entry><title>Feu</title><summary>À Mende.

Et Agde.</summary></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feeds_are_read_item_by_item(feed: str) -> None:
    document = open_text(feed)
    one, two = document.texts()
    assert one.text == "Crue à Gap\n\nLa Durance à Tallard."
    assert (one.title, one.date) == ("Crue à Gap", "2019-07-02")
    assert two.text.split() == ["Feu", "À", "Mende.", "Et", "Agde."]
    assert str(two.address(0)) == "item=2"
    assert "Oslo" not in document.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<?xml version='1.0'?><a><b>Gap</a>", "well formed"),
        ("<?xml version='1.0'?><a><b/></a>", "no text"),
        ("<?xml version='1.0'?><kml><name>Gap</name></kml>", "map.*--places"),
        ("<rss><channel/></rss>", "no items"),
        ("<?xml version='1.0'?>" + "<a>" * 5000 + "</a>" * 5000, "well formed"),
    ],
)
def test_xml_that_holds_no_text(text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        open_text(text)


LATEX = r"""\documentclass[11pt]{article} % Rome
\usepackage[latin1]{inputenc}
\newcommand{\fuveau}{Saint-Affrique}
\title{De Gap \`a S\`ete}
\begin{document}
\maketitle
\section*{N\^\i mes}
Ils vont de \textbf{B\'{e}darieux}~--- par Al\`es\footnote{Voir \emph{Lunel}, \cite{x}.} ---
\`a \fuveau{}, Lod\-\`eve % Oslo
et \c Ce\c{c}i, $x_{Turin}$ 5\,\% \href{http://example.org/berlin}{Mende}.

\begin{tabular}{l|l} Ville & {\OE}uvre \\[2pt] \hline Foix & 3 \end{tabular}
\begin{equation} Madrid \end{equation}
\begin{itemize} \item Agde \item[--] Pau \end{itemize}
\end{document} Berlin
"""


def test_latex() -> None:
    document = open_text(LATEX)
    assert document.text == (
        "De Gap à Sète\n\nNîmes\n\nIls vont de Bédarieux\u00a0— par Alès — à Saint-Affrique, Lodève et Çeçi, "
        "5\u202f% Mende.\n\nVille\tŒuvre\nFoix\t3\n\nAgde\n\nPau\n\nVoir Lunel, ."
    )
    assert document.title == "De Gap à Sète"
    assert [str(document.address(document.text.index(name))) for name in ("Bédarieux", "Agde", "Lunel")] == [
        "line=8",
        "line=14",
        "line=8",
    ]


def test_latex_in_the_encoding_that_it_declares() -> None:
    source = LATEX.replace(r"B\'{e}darieux", "Bédarieux").encode("cp1252")
    assert "Bédarieux" in read(io.BytesIO(source)).text


@pytest.mark.parametrize(
    "piece", ["{", r"\footnote{", r"\cite{", "$x", r"\verb|", r"\(", r"\def\x{", "%\n", r"\'", "["]
)
def test_latex_without_end(piece: str) -> None:
    assert "Gap" in open_text("\\begin{document}\nGap " + piece * 20_000).text


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    path.write_text(
        "---\ntitle: Carnet\ndate: 2020-05-03\n---\n# Vers **Gap**\n\nDe [Agde](http://example.org/oslo) à *San\n"
        "Remo*[^1], ![Vue de Pau](rome.png).\n\n| Ville | Pays |\n|---|---|\n| Foix | France |\n\n<p>Et <b>Mende"
        "</b></p>\n\n- Nice\n- Digne\n\n[^1]: Lunel\n",
        encoding="utf-8",
    )
    document = read(path)
    assert document.text == (
        "Vers Gap\n\nDe Agde à San\nRemo, Vue de Pau.\nVille\tPays\nFoix\tFrance\n\nEt Mende\n\nNice\n\nDigne\n\nLunel"
    )
    assert (document.title, document.date) == ("Carnet", "2020-05-03")
    assert [str(document.address(document.text.index(name))) for name in ("Gap", "Foix", "Lunel")] == [
        "line=5",
        "line=12",
        "line=20",
    ]
