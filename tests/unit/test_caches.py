"""Caches: bounded in bytes, least recently used entries leave first, safe under threads, counted."""

from __future__ import annotations

import threading

import pytest

from mapgen.caches import BUDGETS, ENTRY_BYTES, Cache, Caches


def test_a_kept_value_is_found_and_counted() -> None:
    cache: Cache[str, int] = Cache(10_000, 10)
    cache.put("a", 1)
    assert cache.get("a") == 1
    assert cache.get("b") is None
    assert cache.get("b", 7) == 7
    figures = cache.figures()
    assert (figures.entries, figures.hits, figures.misses, figures.evictions) == (1, 1, 2, 0)
    assert figures.bytes == ENTRY_BYTES + 10


def test_none_is_a_value() -> None:
    cache: Cache[str, None] = Cache(10_000, 0)
    cache.put("a", None)
    assert cache.get("a", "missing") is None
    assert cache.get_many(["b", "a"]) == {"a": None}


def test_the_size_never_exceeds_the_budget() -> None:
    cache: Cache[int, bytes] = Cache(20_000, lambda _key, value: len(value))
    for number in range(3_000):
        cache.put(number, bytes(number % 300))
        assert cache.figures().bytes <= 20_000
    figures = cache.figures()
    assert 0 < figures.entries < 3_000
    assert figures.entries + figures.evictions == 3_000


def test_what_is_used_again_and_again_stays() -> None:
    cache: Cache[int, int] = Cache(100 * ENTRY_BYTES, 0)
    cache.put(-1, -1)
    for number in range(10_000):
        cache.put(number, number)
        assert cache.get(-1) == -1
    assert cache.get(9_999) == 9_999
    assert cache.get(5) is None


def test_an_entry_found_among_many_stays_too() -> None:
    cache: Cache[int, int] = Cache(100 * ENTRY_BYTES, 0)
    cache.put(-1, -1)
    for number in range(1_000):
        cache.put(number, number)
        assert cache.get_many((-1, -2)) == {-1: -1}


def test_an_entry_of_more_than_half_the_budget_is_not_kept() -> None:
    cache: Cache[str, bytes] = Cache(1_000, lambda _key, value: len(value))
    cache.put("small", bytes(10))
    cache.put("large", bytes(900))
    assert cache.get("large") is None
    assert cache.get("small") == bytes(10)


def test_a_value_can_be_replaced() -> None:
    cache: Cache[str, int] = Cache(10_000, 0)
    cache.put("a", 1)
    cache.put("a", 2)
    assert cache.get("a") == 2
    assert cache.figures().bytes == ENTRY_BYTES


def test_recent_entries_make_what_the_cache_lacks() -> None:
    made: list[int] = []

    def make(key: int) -> int:
        made.append(key)
        return key * 3

    cache: Cache[int, int] = Cache(100 * ENTRY_BYTES, 0, make)
    recent = cache.recent
    assert [recent[key] for key in (1, 2, 1)] == [3, 6, 3]
    assert made == [1, 2]
    for key in range(60):
        assert cache.recent[key] == key * 3
    # Both generations are asked before a value is made again.
    assert cache.recent[1] == 3
    assert sorted(made) == list(range(60))
    assert cache.figures().bytes <= 100 * ENTRY_BYTES


def test_recent_entries_of_a_cache_that_makes_nothing() -> None:
    cache: Cache[int, int] = Cache(1_000, 0)
    cache.put(1, 3)
    assert cache.recent[1] == 3
    with pytest.raises(KeyError):
        cache.recent[2]


def test_one_owner_hands_out_one_cache_a_name_and_clears_all() -> None:
    caches = Caches()
    first = caches.of("gazetteer.places", 1)
    assert caches.of("gazetteer.places", 1) is first
    first.put("a", 1)
    caches.of("gazetteer.facts", 1).put("b", 2)
    assert {name: figures.entries for name, figures in caches.figures().items()} == {
        "gazetteer.facts": 1,
        "gazetteer.places": 1,
    }
    caches.clear()
    assert all(figures.entries == figures.bytes == 0 for figures in caches.figures().values())
    with pytest.raises(KeyError):
        caches.of("no.such", 1)


def test_a_total_is_shared_out_in_proportion() -> None:
    total = sum(BUDGETS.values()) // 10
    caches = Caches(total=total)
    for name in BUDGETS:
        caches.of(name, 1)
    budgets = {name: figures.budget for name, figures in caches.figures().items()}
    assert sum(budgets.values()) <= total
    assert all(abs(budgets[name] - BUDGETS[name] / 10) <= 2 for name in BUDGETS)


def test_threads_see_only_values_of_their_key_and_the_budget_holds() -> None:
    cache: Cache[int, int] = Cache(200 * ENTRY_BYTES, 0)
    wrong: list[tuple[int, int]] = []

    def work(seed: int) -> None:
        for step in range(20_000):
            key = (step * seed) % 997
            value = cache.get(key)
            if value is None:
                cache.put(key, key * 3)
            elif value != key * 3:
                wrong.append((key, value))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 7, 11, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    figures = cache.figures()
    assert figures.entries <= 200
    assert figures.bytes <= 200 * ENTRY_BYTES
