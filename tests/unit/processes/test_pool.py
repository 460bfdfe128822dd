"""A function in several processes: order, memory, failures, ends."""

import os
from collections.abc import Iterator
from pathlib import Path

import process_tasks
import pytest

from mapgen.processes import MOST_ENDS, ProcessesEndedError, in_processes


def test_results_come_in_the_order_of_their_arguments() -> None:
    assert list(in_processes(process_tasks.slow_if_first, range(9), jobs=2)) == [n * n for n in range(9)]


def test_results_may_come_as_they_are_done() -> None:
    found = list(in_processes(process_tasks.slow_if_first, range(9), jobs=2, ordered=False))
    assert sorted(found) == [n * n for n in range(9)]


def test_arguments_are_taken_no_faster_than_results() -> None:
    taken: list[int] = []

    def arguments() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_processes(process_tasks.fails_at_three, arguments(), jobs=2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(taken) <= 6


def test_an_error_comes_in_the_place_of_its_result() -> None:
    results = in_processes(process_tasks.fails_at_three, range(9), jobs=2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


def test_an_error_that_cannot_travel_comes_with_its_words() -> None:
    with pytest.raises(RuntimeError, match="UnportableError: not portable"):
        list(in_processes(process_tasks.fails_unportably, [1], jobs=1))


def test_an_error_of_the_arguments_comes_after_the_earlier_results() -> None:
    def arguments() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("no more")

    results = in_processes(process_tasks.slow_if_first, arguments(), jobs=2)
    assert [next(results), next(results)] == [1, 4]
    with pytest.raises(OSError, match="no more"):
        next(results)


def test_an_argument_that_cannot_be_pickled_is_told() -> None:
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        list(in_processes(process_tasks.slow_if_first, [lambda: 1], jobs=1))  # type: ignore[arg-type, list-item]


def test_a_process_that_ends_is_replaced(tmp_path: Path) -> None:
    assert list(in_processes(process_tasks.ends_once, [str(tmp_path / "mark")], jobs=1)) == ["done"]


def test_processes_that_always_end_are_given_up() -> None:
    with pytest.raises(ProcessesEndedError, match=f"{MOST_ENDS} processes have ended"):
        list(in_processes(process_tasks.always_ends, [1], jobs=1))


def test_what_a_function_prints_or_reads_does_not_touch_the_answers() -> None:
    assert list(in_processes(process_tasks.prints, range(3), jobs=1)) == [0, 1, 2]


def test_each_process_unpickles_the_function_once() -> None:
    found = list(in_processes(process_tasks.OpensOnce(), range(8), jobs=2))
    assert {opened for _, opened in found} == {1}
    assert os.getpid() not in {process for process, _ in found}
