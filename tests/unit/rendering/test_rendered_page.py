from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from mapgen.model import Candidate, Document, Kind, MatchType, ParsedDocument, Place, Resolution, Sense, Toponym
from mapgen.rendering import render, to_map
from mapgen.rendering.assets import digest
from mapgen.rendering.page_texts import date_in_words, page_texts
from mapgen.rendering.payload import MENTION_COLUMNS

TEXT = "Une route relie Homs à Hama. Selon Paris, Homs est calme. Nulle-Part aussi."


def town(name: str, lat: float, lon: float, country: str = "SY") -> Place:
    return Place(id=f"t:{name}", source="essai", name=name, kind=Kind.CITY, country=country, lat=lat, lon=lon)


HOMS, HAMA, PARIS = town("Homs", 34.73, 36.72), town("Hama", 35.13, 36.75), town("Paris", 48.85, 2.35, "FR")


def name(text: str, place: Place | None, probability: float, nth: int = 0, **more: Any) -> Toponym:
    start = [match.start() for match in re.finditer(text, TEXT)][nth]
    rivals = (Candidate(place=town("Homs", 10.0, 10.0, "XX"), match=MatchType.EXACT, name=text, probability=0.1),)
    resolution = Resolution(
        place=place, probability=probability, reasons=("parce que",), alternatives=rivals if text == "Homs" else ()
    )
    return Toponym(start=start, end=start + len(text), text=text, resolution=resolution, **more)


@pytest.fixture
def parsed() -> ParsedDocument:
    toponyms = (
        name("Homs", HOMS, 0.8),
        name("Hama", HAMA, 0.9),
        name("Paris", PARIS, 0.7, sense=Sense.METONYMIC),
        name("Homs", HOMS, 0.6, nth=1),
        name("Nulle-Part", None, 0.0),
    )
    return ParsedDocument(
        document=Document(text=TEXT, language="fr", date="2021-10", source="essai.txt"),
        toponyms=toponyms,
        language="fr",
        scene=(34.0, 36.0, 36.0, 37.5),
    )


class Reader(HTMLParser):
    """Takes the page apart as far as the tests need."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.data = ""
        self.ground = ""
        self.policy = ""
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open.append((tag, given))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self.handlers += [key for key in given if key.startswith("on") or key == "style"]
        self.addresses += [value for key, value in given.items() if key in ("src", "href") and value]
        if tag in self.elements and given.get("type") != "application/json":
            self.elements[tag].append("")

    def handle_data(self, data: str) -> None:
        tag, given = self._open[-1] if self._open else ("", {})
        if given.get("id") == "mapgen-data":
            self.data += data
        elif given.get("type") == "application/json":
            self.ground += data
        elif tag in self.elements:
            self.elements[tag][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()


def test_the_policy_names_exactly_what_the_page_holds(parsed: ParsedDocument) -> None:
    reader = Reader(render(parsed))
    assert "default-src 'none'" in reader.policy
    for tag in ("script", "style"):
        hashes = re.search(f"{tag}-src ([^;]*)", reader.policy)
        assert hashes is not None
        assert hashes[1].split() == [digest(content) for content in reader.elements[tag]]
    assert "unsafe" not in reader.policy
    assert reader.handlers == []
    assert all(address.startswith(("#", "data:image/webp;base64,")) for address in reader.addresses)


def test_same_input_same_bytes(parsed: ParsedDocument) -> None:
    assert render(parsed) == render(replace(parsed))


def test_data_comes_back_from_the_page(parsed: ParsedDocument) -> None:
    data = json.loads(Reader(render(parsed)).data)
    assert [place["name"] for place in data["places"]] == ["Homs", "Hama", "Paris"]
    assert data["columns"] == list(MENTION_COLUMNS)
    mentions = [dict(zip(data["columns"], row, strict=True)) for row in data["mentions"]]
    assert [mention["place"] for mention in mentions] == [0, 1, 2, 0, -1]
    for mention, toponym in zip(mentions, parsed.toponyms, strict=True):
        assert TEXT[mention["start"] : mention["end"]] == toponym.text
        assert toponym.text in TEXT[mention["excerptStart"] : mention["excerptEnd"]]
    assert data["strings"] == ["parce que"]
    ground = json.loads(Reader(render(parsed)).ground)
    assert len(ground["windows"]) == 3, "the world, Paris, the scene"
    assert ground["relief"]["frame"] and not ground["relief"]["image"], "the picture holds the image"
    assert len(data["rivals"]) == 1


def test_no_library_that_is_not_needed(parsed: ParsedDocument) -> None:
    html = render(parsed).lower()
    assert not any(word in html for word in ("jquery", "bootstrap", "fontawesome", "font-awesome", "cdn."))
    assert "sourcemappingurl" not in html


def test_page_in_the_readers_language(parsed: ParsedDocument) -> None:
    assert "octobre 2021 (date de collecte)" in render(parsed)
    english = render(parsed, language="en")
    assert "October 2021 (date of collection)" in english
    assert '<html lang="en">' in english
    assert '<html lang="en">' in render(parsed, language="zz"), "a language without words is read in English"


def test_both_languages_have_the_same_words() -> None:
    french, english = page_texts("fr"), page_texts("en")
    assert set(french) == set(english)
    for key, phrase in english.items():
        assert set(re.findall(r"\{\w+\}", phrase)) == set(re.findall(r"\{\w+\}", french[key])), key


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-10", "octobre 2021"),
        ("2021-10-01", "1er octobre 2021"),
        ("2021-10-12", "12 octobre 2021"),
        ("2021", "2021"),
        ("2021-13", "2021"),
        ("hier", "hier"),
        ("", ""),
    ],
)
def test_dates_in_words(date: str, words: str) -> None:
    assert date_in_words(date, "fr") == words


def test_the_title_is_the_beginning_of_the_text(parsed: ParsedDocument) -> None:
    assert Reader(render(parsed)).elements["title"][0] == TEXT
    titled = replace(parsed, document=replace(parsed.document, title="Un titre"))
    assert Reader(render(titled)).elements["title"][0] == "Un titre"
    long = replace(parsed, document=replace(parsed.document, text="mot " * 100), toponyms=())
    assert Reader(render(long)).elements["title"][0].endswith("mot …")


def test_a_folium_map_renders_as_the_page(parsed: ParsedDocument) -> None:
    import folium

    shown = to_map(parsed)
    assert isinstance(shown, folium.Map)
    assert shown.get_root().render() == render(parsed)
    notebook = shown._repr_html_()
    assert "srcdoc=" in notebook
    assert "&lt;!doctype html&gt;" in notebook
    assert shown._repr_html_() == notebook


def test_layers_may_be_added_to_the_folium_map(parsed: ParsedDocument) -> None:
    import folium

    shown = to_map(parsed)
    folium.Circle((34.7, 36.7), radius=1000).add_to(shown)
    reader = Reader(shown.get_root().render())
    assert "L.circle(" in reader.elements["script"][-1]
    assert ".addTo(map_mapgen)" in reader.elements["script"][-1]
    assert digest(reader.elements["script"][-1]) in reader.policy
