"""All caches of a geoparser: one owner, budgets in bytes, figures.

A cache here only saves time: whatever it holds, results are the same. Keys and values must therefore be immutable and
a key must name everything that its value depends on.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, overload

__all__ = ["BUDGETS", "ENTRY_BYTES", "Cache", "CacheFigures", "Caches"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
_Default = TypeVar("_Default")

_MB = 1 << 20

ENTRY_BYTES = 120
"""Bytes of one entry in a dictionary, whatever it holds: its slot at the mean load, and the headers of key and value.
They are added to what the weigh function returns."""

BUDGETS: Final[Mapping[str, int]] = {
    "footprints.ground_names": 1 * _MB,
    "footprints.outlines": 12 * _MB,
    "gazetteer.bare": 20 * _MB,
    "gazetteer.bare_by_id": 1 * _MB,
    "gazetteer.divisions": 6 * _MB,
    "gazetteer.facts": 12 * _MB,
    "gazetteer.places": 12 * _MB,
    "recognition.evidence": 2 * _MB,
    "recognition.names": 10 * _MB,
    "recognition.parts": 36 * _MB,
    "recognition.profiles": 4 * _MB,
    "recognition.senses": 2 * _MB,
    "recognition.words": 12 * _MB,
    "resolution.candidates": 32 * _MB,
}
"""Bytes of each cache, by name. Their sum is what texts can add to the memory of a process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheFigures:
    """The state of one cache.

    Attributes:
        entries: how many keys it holds.
        bytes: estimated size of keys and values.
        budget: the largest estimated size.
        hits: look-ups that found their key.
        misses: look-ups that did not.
        evictions: entries removed to keep the budget.
    """

    entries: int
    bytes: int
    budget: int
    hits: int
    misses: int
    evictions: int


class _Entries(dict[_Key, _Value]):
    """A generation of a cache: a dictionary that asks the cache for what it lacks.

    Args:
        missing: returns the value of a key that is not here.
    """

    __slots__ = ("_missing",)

    def __init__(self, missing: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._missing = missing

    def __missing__(self, key: _Key) -> _Value:
        return self._missing(key)


class Cache(Generic[_Key, _Value]):
    """A bounded mapping that drops what has not been used for the longest time; safe for use from several threads.

    It keeps two generations, each of at most half the budget. A new entry goes into the younger one, an entry that is
    found in the older one moves back into the younger one, and when the younger one is full it becomes the older one,
    whose entries are dropped. This is an approximation of "least recently used" in which a look-up takes no lock, nor
    does a new entry where all have one size. The figures of hits and misses may miss a few look-ups where several
    threads count at once.

    Args:
        budget: bytes.
        weigh: returns the size of a key and its value in bytes, or is that size where all entries have the same.
            `ENTRY_BYTES` are added to it.
        make: returns the value of a key that `recent[key]` asks for and that the cache does not hold.
    """

    def __init__(
        self,
        budget: int,
        weigh: int | Callable[[_Key, _Value], int],
        make: Callable[[_Key], _Value] | None = None,
    ) -> None:
        self._budget = budget
        self._weigh = weigh
        self._make = make
        self._size = ENTRY_BYTES + weigh if isinstance(weigh, int) else 0
        half = budget // 2
        # One entry less than fits: two threads may add the last one at the same time.
        self._most = max(1, half // self._size - 1) if 0 < self._size <= half else 0
        self._lock = threading.Lock()
        self._young, self._old = self._generation(), self._generation()
        self._young_bytes = self._old_bytes = 0
        self._hits = self._misses = self._evictions = 0
        _all_caches.add(self)

    def _generation(self) -> _Entries[_Key, _Value]:
        return _Entries(self._missing)

    def __len__(self) -> int:
        with self._lock:
            return len(self._young) + sum(key not in self._young for key in self._old)

    @property
    def recent(self) -> Mapping[_Key, _Value]:
        """The entries used most recently, for many look-ups in a row at the speed of a dictionary.

        `recent.get` returns None for what is not among them; the cache may hold it. `recent[key]` also finds that,
        and makes and keeps what the cache does not hold where it has a `make`, else it raises KeyError. Look-ups of
        what is among them count neither as hits nor as use.
        """
        return self._young

    def _missing(self, key: _Key) -> _Value:
        value = self._old.get(key, _MISSING)
        if value is not _MISSING:
            self._hits += 1
        elif self._make is None:
            raise KeyError(key)
        else:
            self._misses += 1
            value = self._make(key)
        self.put(key, value)  # type: ignore[arg-type]
        return value  # type: ignore[return-value]

    @overload
    def get(self, key: _Key) -> _Value | None: ...
    @overload
    def get(self, key: _Key, default: _Default) -> _Value | _Default: ...
    def get(self, key: _Key, default: Any = None) -> Any:
        """Return the value of `key`, or `default` where the cache does not hold it."""
        value = self._young.get(key, _MISSING)
        if value is _MISSING:
            value = self._old.get(key, _MISSING)
            if value is _MISSING:
                self._misses += 1
                return default
            self.put(key, value)  # type: ignore[arg-type]
        self._hits += 1
        return value

    def get_many(self, keys: Iterable[_Key]) -> dict[_Key, _Value]:
        """Return the entries among `keys` that the cache holds, in the order of `keys`."""
        found: dict[_Key, _Value] = {}
        aged: list[tuple[_Key, _Value]] = []
        young, old = self._young, self._old
        asked = 0
        for key in keys:
            asked += 1
            value = young.get(key, _MISSING)
            if value is _MISSING:
                value = old.get(key, _MISSING)
                if value is _MISSING:
                    continue
                aged.append((key, value))  # type: ignore[arg-type]
            found[key] = value  # type: ignore[assignment]
        for key, kept in aged:
            self.put(key, kept)
        self._hits += len(found)
        self._misses += asked - len(found)
        return found

    def put(self, key: _Key, value: _Value) -> None:
        """Keep `value` under `key`; an entry larger than half the budget is not kept."""
        if self._size:
            young = self._young
            if len(young) >= self._most and key not in young:
                if not self._most:
                    return
                with self._lock:
                    if young is self._young:
                        self._age(self._size * len(young))
                    young = self._young
            young[key] = value
            return
        size = ENTRY_BYTES + self._weigh(key, value)  # type: ignore[operator]
        half = self._budget // 2
        if size > half:
            return
        with self._lock:
            if self._young_bytes + size > half and key not in self._young:
                self._age(self._young_bytes)
            before = len(self._young)
            self._young[key] = value
            # The keys of features are deep tuples: each look-up computes their hash anew.
            if len(self._young) > before:
                self._young_bytes += size

    def _age(self, size: int) -> None:
        """Make the younger generation, of so many bytes, the older one; called with the lock."""
        self._evictions += sum(old not in self._young for old in self._old)
        self._old, self._old_bytes = self._young, size
        self._young, self._young_bytes = self._generation(), 0

    def clear(self) -> None:
        """Remove all entries; the counts of hits, misses and evictions go on."""
        with self._lock:
            self._young, self._old = self._generation(), self._generation()
            self._young_bytes = self._old_bytes = 0

    def figures(self) -> CacheFigures:
        """Return the state of the cache."""
        return CacheFigures(
            entries=len(self),
            bytes=(self._size * len(self._young) if self._size else self._young_bytes) + self._old_bytes,
            budget=self._budget,
            hits=self._hits,
            misses=self._misses,
            evictions=self._evictions,
        )

    def _after_fork(self) -> None:
        """Take a new lock: the child of a fork may inherit one that another thread held."""
        self._lock = threading.Lock()


class Caches:
    """The caches of one geoparser, by name.

    Args:
        total: bytes of all caches together, shared out in the proportions of `BUDGETS`; their sum when not given.
    """

    def __init__(self, *, total: int | None = None) -> None:
        self._scale = 1.0 if total is None else total / sum(BUDGETS.values())
        self._lock = threading.Lock()
        self._by_name: dict[str, Cache[Any, Any]] = {}
        _all_caches.add(self)

    def of(
        self,
        name: str,
        weigh: int | Callable[[_Key, _Value], int],
        make: Callable[[_Key], _Value] | None = None,
    ) -> Cache[_Key, _Value]:
        """Return the cache of a name; it is made by the first call.

        Args:
            name: a key of `BUDGETS`. Everything that asks for one name shares one cache and one form of keys.
            weigh: as in `Cache`.
            make: as in `Cache`; that of the first call stays, so all calls must give the same.

        Raises:
            KeyError: no cache has that name.
        """
        budget = BUDGETS[name]
        with self._lock:
            if name not in self._by_name:
                self._by_name[name] = Cache(int(budget * self._scale), weigh, make)
            return self._by_name[name]

    def clear(self) -> None:
        """Empty all caches."""
        for cache in tuple(self._by_name.values()):
            cache.clear()

    def figures(self) -> dict[str, CacheFigures]:
        """Return the state of each cache, by name."""
        return {name: cache.figures() for name, cache in sorted(self._by_name.items())}

    def _after_fork(self) -> None:
        self._lock = threading.Lock()


_MISSING: Final = object()
_all_caches: weakref.WeakSet[Cache[Any, Any] | Caches] = weakref.WeakSet()


def _renew_locks() -> None:
    for cache in tuple(_all_caches):
        cache._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)
