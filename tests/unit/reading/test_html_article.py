from __future__ import annotations

import io
from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import read

PAGES = sorted((Path(__file__).parents[2] / "golden" / "pages").glob("*.html"))


def test_there_are_twenty_pages() -> None:
    assert len(PAGES) >= 20


def text_of(body: str) -> str:
    return read(io.BytesIO(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())).text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_names_of_the_article_and_no_others(path: Path) -> None:
    """The first two lines of a page are comments: the names of its article, and those around it."""
    article, around, page = path.read_text(encoding="utf-8").split("\n", 2)
    wanted, noise = (line.partition(":")[2].removesuffix("-->").split(";") for line in (article, around))
    text = read(io.BytesIO(page.encode())).text
    assert [name for name in wanted if name.strip() not in text] == []
    assert [name for name in noise if name.strip() in text] == []


def test_a_list_of_links_that_is_the_page_stays() -> None:
    towns = "".join(f'<li><a href="/t">Bourg-{number}</a></li>' for number in range(80))
    prose = "<p>Voici les communes du canton, telles que l'institut les compte depuis la réforme de 2015.</p>" * 2
    for body in (f"<h1>Liste</h1>{prose}<ul>{towns}</ul>", f"<ul>{towns}</ul>", f"<h1>Liste</h1><ul>{towns}</ul>"):
        assert "Bourg-79" in text_of(body)


def test_a_table_without_sentences_stays_beside_a_notice() -> None:
    rows = "".join(f"<tr><td>Bourg-{number}</td><td>{number} habitants</td></tr>" for number in range(40))
    notice = (
        "<div><p>Nous utilisons des témoins de connexion, pour que ce site marche. Vous pouvez les refuser.</p></div>"
    )
    text = text_of(f"<div><table>{rows}</table></div>{notice}{notice}")
    assert all(f"Bourg-{number}" in text for number in range(40))


def test_many_short_articles_are_all_read() -> None:
    teaser = "<article><h2>{0}</h2><p>La foire de {0} ouvre demain, et elle dure trois jours entiers.</p></article>"
    text = text_of("".join(teaser.format(name) for name in ("Turin", "Sofia", "Oslo", "Lima", "Dakar")))
    assert all(name in text for name in ("Turin", "Sofia", "Oslo", "Lima", "Dakar"))


def test_names_of_classes_do_not_hide_the_text_itself() -> None:
    prose = "<p>La foire de Turin ouvre demain, et elle dure trois jours entiers, dit la mairie.</p>" * 4
    assert text_of(f'<div class="comments sidebar">{prose}</div>').count("Turin") == 4
    assert text_of('<div class="menu">Turin</div>') == "Turin"


@pytest.mark.parametrize(
    "piece", ["<article>", "<div class='a'><b></b>", "<div><div>x</div>", "<a><p>", "<table><tr><td>"]
)
def test_pages_without_end(piece: str) -> None:
    try:
        assert "Turin" in text_of("<p>Turin</p>" + piece * 30_000)
    except DocumentError as error:
        assert "nested" in error.message
    wide = f"{piece}x{''.join('</' + tag.partition(' ')[0] for tag in piece.split('<')[:0:-1])}"
    assert "Turin" in text_of("<p>Turin</p>" + wide * 5000)
