"""What the page needs for every member of an enum: a sign, a colour, a name, a look."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mapgen.model import FootprintType, Kind
from mapgen.rendering.assets import own_style
from mapgen.rendering.page_texts import kind_names


@pytest.fixture(scope="module")
def signs() -> str:
    return (files("mapgen.rendering") / "templates" / "signs.html.j2").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_sign_and_a_colour(kind: Kind, signs: str) -> None:
    assert f'"{kind}": "M' in signs
    assert f".k-{kind} {{ --k: var(--{kind}); }}" in own_style()
    assert len(re.findall(rf"--{kind}: #", own_style())) >= 2, "on light paper and on dark"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_has_a_name_in_the_reader_s_language(language: str) -> None:
    names = kind_names(language)
    assert set(names) == set(map(str, Kind))
    assert len({singular for singular, _ in names.values()}) == len(Kind)


def test_every_shape_has_a_look() -> None:
    unlike_an_area = set(FootprintType) - {FootprintType.POINT}
    assert set(re.findall(r"\.o-(\w+)", own_style())) >= set(map(str, unlike_an_area))
