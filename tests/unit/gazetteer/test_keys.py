import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.gazetteer.keys import key_number, key_numbers

KEYS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)


@given(st.lists(KEYS, min_size=1, max_size=20))
def test_many_keys_have_the_numbers_of_each(keys: list[str]) -> None:
    assert key_numbers("\n".join(keys)).tolist() == [key_number(key) for key in keys]


def test_more_lines_than_one_go_takes() -> None:
    keys = [f"place {number}" for number in range(70_000)]
    numbers = key_numbers("\n".join(keys)).tolist()
    assert numbers[::997] == [key_number(key) for key in keys[::997]]
    assert len(set(numbers)) == len(keys)


@given(KEYS)
def test_a_number_fits_into_sqlite_and_only_the_empty_key_is_zero(key: str) -> None:
    assert 0 <= key_number(key) < 2**63
    assert (key_number(key) == 0) == (key == "")


@given(KEYS, KEYS)
def test_different_keys_have_different_numbers(one: str, other: str) -> None:
    assert (key_number(one) == key_number(other)) == (one == other)


def test_keys_that_differ_in_one_letter_only() -> None:
    words = [
        f"{first}anda{last}" for first in "abcdefghijklmnopqrstuvwxyz" for last in ["", *"abcdefghijklmnopqrstuvwxyz"]
    ]
    assert len({key_number(word) for word in words}) == len(words)


@pytest.mark.parametrize("length", [255, 256, 257, 1000])
def test_a_long_key_has_the_number_of_its_bytes(length: int) -> None:
    key = "".join(chr(97 + at % 26) for at in range(length))
    assert key_numbers(key).tolist() == [key_number(key)]
