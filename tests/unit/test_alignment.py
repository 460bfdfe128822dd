from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapgen.alignment import Alignment, Edit, NormalText, edited

TEXT = st.text(alphabet="abcd", max_size=30)


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits of a text, ascending and apart."""
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return [(start, end, draw(st.text(alphabet="xyz", max_size=3))) for start, end in pairs]


def test_a_passage_and_what_it_became() -> None:
    new, alignment = edited("Mar-\nseille, la ville", [(3, 5, ""), (13, 15, "sa")])
    assert new == "Marseille, sa ville"
    assert alignment.to_old((0, 9)) == (0, 11)
    assert alignment.to_new((0, 11)) == (0, 9)
    assert alignment.to_new((3, 5)) == (3, 3)
    assert alignment.to_old((12, 13)) == (13, 15)  # a part of a replacement comes from the whole passage


def test_without_edits_nothing_moves() -> None:
    assert edited("Alep", []) == ("Alep", Alignment())
    assert Alignment().to_new((1, 3)) == Alignment().to_old((1, 3)) == (1, 3)
    assert edited("a\u2019b", [(1, 2, "'")]) == ("a'b", Alignment())


@given(st.data(), TEXT)
def test_what_lies_between_edits_is_the_same(data: st.DataObject, text: str) -> None:
    changes = data.draw(edits(text))
    new, alignment = edited(text, changes)
    touched = {at for start, end, _ in changes for at in range(start, end)}
    for at in range(len(text)):
        start, end = alignment.to_new((at, at + 1))
        if at not in touched:
            assert new[start:end] == text[at]
            assert alignment.to_old((start, end)) == (at, at + 1)


@given(st.data(), TEXT)
def test_there_and_back_a_passage_holds_itself(data: st.DataObject, text: str) -> None:
    new, alignment = edited(text, data.draw(edits(text)))
    if new:
        start = data.draw(st.integers(0, len(new) - 1))
        end = data.draw(st.integers(start + 1, len(new)))
        old = alignment.to_old((start, end))
        there = alignment.to_new(old)
        assert there[0] <= start < end <= there[1]
        assert alignment.to_old(there) == old


@given(st.data(), TEXT)
def test_two_steps_are_one(data: st.DataObject, text: str) -> None:
    middle, first = edited(text, data.draw(edits(text)))
    new, second = edited(middle, data.draw(edits(middle)))
    both = first.then(second)
    for at in range(len(new)):
        start, end = both.to_old((at, at + 1))
        inner = first.to_old(second.to_old((at, at + 1)))
        assert start <= inner[0] < inner[1] <= end  # passages left out beside an edit may become part of it
    rebuilt, position = "", 0
    for old_start, old_end, new_start, new_end in zip(
        both.old_starts, both.old_ends, both.new_starts, both.new_ends, strict=True
    ):
        rebuilt += text[position:old_start] + new[new_start:new_end]
        position = old_end
    assert len(rebuilt + text[position:]) == len(new)


def test_a_passage_on_one_line() -> None:
    normal = NormalText(written="L\u2019Isle\nd\u2019Abeau", text="L'Isle\nd'Abeau", shown="L\u2019Isle\nd\u2019Abeau")
    assert normal.one_line((0, 14)) == "L\u2019Isle d\u2019Abeau"
    assert NormalText.same("Alep").to_written((1, 2)) == (1, 2)
