from pathlib import Path

import pytest

from mapgen.errors import PlacesError
from mapgen.gazetteer.kept import forget_places, keep_places, kept_places


def test_kept_places_are_copied_listed_and_forgotten(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "mine.csv"
    file.write_text("name,kind,country,lat,lon\nXyz,village,SY,35,37\nBad,village,SY,95,37\n", encoding="utf-8")
    wrong = keep_places(file, home=home)
    assert len(wrong) == 1
    assert "mine.csv:3" in wrong[0]
    assert [path.name for path in kept_places(home)] == ["mine.csv"]
    assert forget_places("mine.csv", home=home)
    assert not forget_places("mine.csv", home=home)
    assert kept_places(home) == ()


def test_a_useless_file_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,kind,country,lat,lon\nBad,village,SY,95,37\n", encoding="utf-8")
    with pytest.raises(PlacesError):
        keep_places(file, home=tmp_path / "home")
    assert kept_places(tmp_path / "home") == ()


def test_a_kept_file_is_used_by_every_gazetteer_of_that_home(home: Path, tmp_path: Path) -> None:
    from mapgen.gazetteer import Gazetteer

    file = tmp_path / "kept-for-a-test.csv"
    file.write_text("name,kind,country,lat,lon\nQqxyzzy,village,SY,35,37\n", encoding="utf-8")
    keep_places(file, home=home)
    try:
        with Gazetteer.open(home=home) as gazetteer:
            assert [match.place.kind for match in gazetteer.lookup("Qqxyzzy")] == ["village"]
    finally:
        forget_places(file.name, home=home)
