from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora import read_corpus
from mapgen.evaluation.corpora.placed import read_placed
from mapgen.model import Kind

TEXT = """# a remark
# topic: trials  split: train  near: 33.7,-95.6  country: US

[[PARIS|33.7,-95.6|city]] - A fire.
It was seen from [[Texas|US-TX]] to [[Mexico|MX]].

[[Paris|48.9,2.4]].
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "trials-en.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_marks_say_where_names_lie(file: Path) -> None:
    first, second = read_placed(file)
    assert first.gold.document.text == "PARIS - A fire.\nIt was seen from Texas to Mexico."
    assert (first.gold.document.language, first.gold.split, first.near, first.country) == (
        "en",
        "train",
        (33.7, -95.6),
        "US",
    )
    paris, texas, mexico = first.gold.names
    assert first.gold.document.text[texas.start : texas.end] == "Texas"
    assert (paris.kind, texas.kind, mexico.kind) == (Kind.CITY, Kind.REGION, Kind.COUNTRY)
    assert paris.place is not None and (paris.place.lat, paris.place.lon) == (33.7, -95.6)
    assert texas.place is not None and texas.place.lat == pytest.approx(31.5, abs=1)
    assert mexico.place is not None and mexico.place.country == "MX"
    assert second.gold.names[0].kind is None


def test_the_format_is_found_out(file: Path) -> None:
    assert [len(gold.places) for gold in read_corpus(file)] == [3, 1]


@pytest.mark.parametrize("mark", ["[[Paris|XX-99]]", "[[Paris|ZZ]]", "[[Paris|1,2|town]]", "[[Paris]]", "[[Paris|1,2"])
def test_an_unsound_mark_is_told_with_its_line(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "en.txt"
    path.write_text(f"# topic: x\n\nIn {mark}.\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        list(read_placed(path))
    assert ":3" in str(caught.value)
