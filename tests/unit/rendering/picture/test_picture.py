from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mapgen.errors import OptionError
from mapgen.model import Document, Kind, ParsedDocument, Place, Resolution, Toponym
from mapgen.rendering.picture import picture, picture_file
from mapgen.rendering.picture.layout import Crowd, label_boxes, text_width
from mapgen.rendering.picture.view import HEIGHT, WIDTH, View, path

SVG = "{http://www.w3.org/2000/svg}"
TEXT = "De Zagreb à Split, puis <Zadar> & retour à Split."


def _toponym(name: str, start: int, lat: float, lon: float) -> Toponym:
    place = Place(id=f"t:{name}", source="test", name=name, kind=Kind.CITY, country="HR", lat=lat, lon=lon)
    return Toponym(start=start, end=start + len(name), text=name, resolution=Resolution(place=place, probability=0.9))


@pytest.fixture
def parsed() -> ParsedDocument:
    return ParsedDocument(
        document=Document(text=TEXT, language="fr"),
        toponyms=(
            _toponym("Zagreb", 3, 45.81, 15.98),
            _toponym("Split", 12, 43.51, 16.44),
            _toponym("<Zadar>", 24, 44.12, 15.23),
            _toponym("Split", 43, 43.51, 16.44),
        ),
        language="fr",
        scene=(43.3, 15.0, 46.0, 16.7),
    )


def test_the_picture_is_sound_and_the_same_each_time(parsed: ParsedDocument) -> None:
    svg = str(picture(parsed))
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert svg == str(picture(parsed))
    assert len(svg) < 60_000
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Zagreb", "Split", "<Zadar>"} <= names
    assert root.find(f"{SVG}title") is not None
    assert "var(" not in svg, "it needs no style sheet"


def test_markers_have_the_numbers_of_the_list(parsed: ParsedDocument) -> None:
    root = ET.fromstring(str(picture(parsed)))  # noqa: S314
    marks = [each for each in root.iter(f"{SVG}g") if "p-mark" in each.get("class", "")]
    found = {(mark.get("data-place"), mark.find(f"{SVG}text").text) for mark in marks}  # type: ignore[union-attr]
    assert found == {("0", "1"), ("1", "2"), ("2", "3")}


def test_the_sentence_is_the_alternative_text(parsed: ParsedDocument) -> None:
    root = ET.fromstring(str(picture(parsed)))  # noqa: S314
    assert root.get("aria-label") == "Croatie : 3 lieux, surtout Split, Zagreb et <Zadar>."


def test_pixels_are_made_of_it(parsed: ParsedDocument) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg-py (pip install mapgen[png])")
    png = picture_file(parsed, Path("a.png"))
    assert isinstance(png, bytes)
    image = Image.open(io.BytesIO(png))
    assert image.size == (2 * WIDTH, 2 * HEIGHT)
    assert len(np.unique(np.asarray(image.convert("L")))) > 50
    assert str(picture_file(parsed, Path("a.svg"))).startswith("<svg")


def test_without_resvg_it_says_what_to_do(parsed: ParsedDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(OptionError, match="pip install"):
        picture_file(parsed, Path("a.png"))


def test_a_view_holds_its_scene_with_a_margin() -> None:
    for scene in ((43.3, 15.0, 46.0, 16.7), (-20.0, 175.0, -15.0, 185.0), (48.8, 2.3, 48.9, 2.4)):
        view = View.of(scene)
        south, west, north, east = scene
        left, bottom = view.point(south, west)
        right, top = view.point(north, east)
        assert 20 < left < right < WIDTH - 20
        assert 20 < top < bottom < HEIGHT - 20


def test_a_path_is_written_in_steps() -> None:
    assert path([np.array([[0.0, 0.0], [1.0, 0.0], [1.0, -1.5]])]) == "M0 0l2 0 0-3"
    assert path([np.array([[0.0, 0.0], [0.1, 0.1]])]) == ""


def test_names_find_free_space() -> None:
    crowd = Crowd(200, 100)
    first = crowd.take(label_boxes(100, 50, 10, 60, 14))
    second = crowd.take(label_boxes(100, 50, 10, 60, 14))
    assert first and second and first != second
    assert text_width("Iliiil", 12) < text_width("MWMWMW", 12)
    assert crowd.take(iter([(190.0, 10.0, 230.0, 20.0)])) is None
