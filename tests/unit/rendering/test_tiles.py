import re

import pytest

from mapgen.errors import OptionError
from mapgen.model import Document, ParsedDocument
from mapgen.rendering import OPENSTREETMAP, render, tile_layers
from mapgen.rendering.payload import payload

PARSED = ParsedDocument(document=Document(text="Nothing.", language="en"))


def images(page: str) -> list[str]:
    """What the page's policy allows pictures from."""
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (found,) = re.findall(r"img-src ([^;]*)", policy.replace("&#39;", "'"))
    return str(found).split()


def test_openstreetmap_is_offered_where_nothing_else_is_asked_for() -> None:
    assert images(render(PARSED)) == ["data:", "https://tile.openstreetmap.org"]
    (layer,) = payload(PARSED, "en")["tiles"]
    assert (layer["name"], layer["host"]) == ("OSM", "tile.openstreetmap.org")
    assert OPENSTREETMAP.credits == (("© ", ""), ("OpenStreetMap", "https://www.openstreetmap.org/copyright"))


def test_a_layer_of_xyzservices_asks_its_own_hosts_and_names_whom_it_owes() -> None:
    (layer,) = tile_layers(["opentopomap"])
    assert layer.hosts == tuple(f"https://{letter}.tile.opentopomap.org" for letter in "abc")
    assert layer.host == "tile.opentopomap.org"
    assert layer.max_zoom == 17
    assert "".join(text for text, _ in layer.credits).startswith("Map data: © OpenStreetMap contributors, SRTM")
    assert ("OpenStreetMap", "https://www.openstreetmap.org/copyright") in layer.credits
    assert images(render(PARSED, tiles=[layer])) == ["data:", *layer.hosts]
    assert not layer.turned


def test_values_of_the_provider_are_filled_in() -> None:
    (layer,) = tile_layers(["Esri.WorldImagery"])
    assert layer.url == "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}"
    assert set(re.findall(r"\{\w+\}", layer.url)) == {"{x}", "{y}", "{z}"}


def test_names_are_found_however_they_are_written_and_each_once() -> None:
    layers = tile_layers(["esri worldimagery", "Esri.WorldImagery", "OPENTOPOMAP"])
    assert [layer.name for layer in layers] == ["Esri WorldImagery", "OpenTopoMap"]


def test_none_offers_nothing_and_the_page_may_ask_nobody() -> None:
    assert tile_layers(["None"]) == ()
    assert images(render(PARSED, tiles=())) == ["data:"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Esri.WorldImagry", "near names: Esri.WorldImagery"),
        ("OpenStreetMap", "OpenStreetMap.Mapnik"),
        ("qqqq", "see the list of xyzservices"),
        ("", "no tiles ''"),
        ("none of these", "no tiles 'none of these'"),
        ("Thunderforest.OpenCycleMap", "--tiles-key"),
        ("Esri.ArcticImagery", "EPSG:5936"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_in_one_line(name: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        tile_layers([name])
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_broken_layers_are_refused() -> None:
    from xyzservices import providers

    broken = [name for name, each in providers.flatten().items() if each.get("status") == "broken"]
    for name in broken:
        with pytest.raises(OptionError):
            tile_layers([name])


def test_a_key_is_put_where_the_provider_wants_it() -> None:
    (layer,) = tile_layers(["Thunderforest.OpenCycleMap"], key="k&<y")
    assert layer.url.endswith("?apikey=k&<y")
    assert "k&<y" not in render(PARSED, tiles=[layer])


def test_every_layer_can_be_offered_or_is_refused_for_a_reason() -> None:
    from xyzservices import providers

    for name in providers.flatten():
        try:
            (layer,) = tile_layers([name], key="k")
        except OptionError as error:
            assert "EPSG" in str(error) or "do not work" in str(error), name
        else:
            assert set(re.findall(r"\{(\w+)\}", layer.url)) <= {"x", "y", "z", "s", "r"}, name
            assert all(re.fullmatch(r"https?://[\w.:-]+", host) for host in layer.hosts), (name, layer.hosts)
            assert layer.credits
