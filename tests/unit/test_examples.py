from pathlib import Path

import pytest

from mapgen.errors import OutputError
from mapgen.examples import EXAMPLES, write_examples

DATA = Path(__file__).parents[2] / "data"


def test_the_samples_are_those_of_the_checkout(tmp_path) -> None:
    paths = write_examples(tmp_path / "new" / "folder")
    assert [path.name for path in paths] == list(EXAMPLES)
    assert all(path.read_bytes() == (DATA / path.name).read_bytes() for path in paths)


def test_writing_twice_changes_nothing(tmp_path) -> None:
    assert write_examples(tmp_path) == write_examples(tmp_path)


def test_a_file_of_the_users_is_never_replaced(tmp_path) -> None:
    (tmp_path / "places.csv").write_text("name,lat,lon\n", encoding="utf-8")
    with pytest.raises(OutputError, match="another file"):
        write_examples(tmp_path)
    assert (tmp_path / "places.csv").read_text(encoding="utf-8") == "name,lat,lon\n"
    assert not (tmp_path / "dispatch.txt").exists()
