"""What the first scores accept around a candidate span and elsewhere in its document, and the features of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor, fsum
from typing import NamedTuple

import numpy as np

from mapgen.recognition.classifier import CLASSES, PLACE, Floats, winners
from mapgen.recognition.features.profiles import stated_class
from mapgen.recognition.rescoring.lists import NONE, Slot
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import Tokens

__all__ = ["Accepted", "Evidence", "evidence_names"]

_PERSON = CLASSES.index("person")
_STATUS = ("place", "person", "other")
_NOTHING, _PART = "nothing", "-part"
_LOWEST, _HIGHEST = -6, 5
_FEW, _SOME = 3, 6
"""Countries of a name that shows a country; of one that may lie in a country that is shown."""


class Evidence(NamedTuple):
    """What the first scores accept around a candidate span and elsewhere; it is a key, its features are made of it.

    Attributes:
        score: log-odds of a place in the first pass, rounded down.
        gaz: gazetteer class.
        cover: how the span lies in its slot: "whole", "start", "end" or "middle".
        own: class of the accepted span that it is or overlaps, with "-part" where that is another one.
        left: joint to the slot before and what is accepted there, or "".
        right: the same for the slot behind.
        members: other members of its list, at most 4.
        places: those with an accepted place, at most 3.
        persons: those with an accepted person, at most 2.
        share: mean probability of a place over the other members, in fifths.
        head: cue of its list.
        inner: what is accepted in the brackets behind it, or "".
        outer: what is accepted before the brackets that it opens, or "".
        same: what is accepted of other occurrences of its surface, "surname" where it ends an accepted person's name
            elsewhere, or "".
        company: whether accepted places show a country of it, or "".
    """

    score: int
    gaz: str
    cover: str
    own: str
    left: str
    right: str
    members: int
    places: int
    persons: int
    share: int
    head: str
    inner: str
    outer: str
    same: str
    company: str


class _List(NamedTuple):
    """What is accepted in the members of one list, all of them: those of one member are subtracted.

    Attributes:
        size: how many members.
        places: how many have an accepted place.
        persons: how many are accepted as a person as they are.
        probability: sum of the probabilities of a place.
    """

    size: int
    places: int
    persons: int
    probability: float


class Accepted:
    """What the first scores accept in one text.

    Args:
        tokens: the text.
        spans: its candidates.
        scores: their log-odds, candidates x classes.
        slots: its slots in order.
    """

    def __init__(self, tokens: Tokens, spans: Sequence[CandidateSpan], scores: Floats, slots: Sequence[Slot]) -> None:
        self._words = tokens.words
        self._spans, self._scores, self._slots = spans, scores, slots
        chosen = winners(spans, scores)
        self._classes = dict(chosen)
        starts = {token: at for at, slot in enumerate(slots) for token in range(slot.first, slot.last + 1)}
        self._slot_of = starts
        self._by_slot: dict[int, list[int]] = {}
        self._lists: dict[int, _List] = {}
        # The class of each accepted surface by its first token: a long text repeats a name thousands of times.
        self._by_surface: dict[str, dict[int, int]] = {}
        self._classes_of: dict[str, Counter[int]] = {}
        self._surnames: set[str] = set()
        self._countries: Counter[str] = Counter()
        for at, label in chosen:
            if spans[at].first in starts:
                self._by_slot.setdefault(starts[spans[at].first], []).append(at)
            surface = spans[at].surface.lower()
            self._by_surface.setdefault(surface, {})[spans[at].first] = label
            self._classes_of.setdefault(surface, Counter())[label] += 1
            if label == _PERSON and spans[at].last > spans[at].first:
                self._surnames.add(self._words[spans[at].last].lower)
            facts = spans[at].facts
            if label == PLACE and facts is not None and len(facts.countries) <= _FEW:
                self._countries.update(facts.countries)
        odds = np.exp(np.minimum(scores, 50.0))
        highest = np.zeros(len(slots))
        inside = [at for at, span in enumerate(spans) if span.first in starts]
        places = odds[inside, PLACE] / (1 + odds[inside].sum(axis=1))
        np.maximum.at(highest, [starts[spans[at].first] for at in inside], places)
        self._probabilities: list[float] = highest.tolist()
        self._status = {number: self._slot_status(number) for number in self._by_slot}

    def _slot_status(self, number: int) -> str:
        """Return the class of what is accepted in a slot, the places first."""
        slot = self._slots[number]
        at = min(self._by_slot[number], key=lambda each: (self._classes[each], self._spans[each].first))
        whole = (self._spans[at].first, self._spans[at].last) == (slot.first, slot.last)
        return _STATUS[self._classes[at]] + ("" if whole else _PART)

    def around(self, at: int) -> Evidence | None:
        """Return the evidence of a span, or None where it begins in no slot.

        Args:
            at: its index.
        """
        span = self._spans[at]
        number = self._slot_of.get(span.first, NONE)
        if number == NONE:
            return None
        slot = self._slots[number]
        starts, ends = span.first == slot.first, span.last == slot.last
        left = right = inner = outer = ""
        members = places = persons = share = 0
        if starts and slot.before != NONE:
            before = self._slots[slot.before].after
            left = f"{before.type if before else ''}:{self._state(slot.before)}"
        if ends and slot.after is not None:
            right = f"{slot.after.type}:{self._state(slot.after.to)}"
        if ends and slot.inner != NONE:
            inner = self._state(slot.inner)
        if starts and slot.outer != NONE:
            outer = self._state(slot.outer)
        if len(slot.members) > 1:
            whole, state = self._list(slot), self._state(number)
            others = whole.size - 1
            members = min(others, 4)
            places = min(whole.places - state.startswith("place"), 3)
            persons = min(whole.persons - (state == "person"), 2)
            share = round(5 * max(0.0, whole.probability - self._probabilities[number]) / others)
        gaz = stated_class(self._words[span.first : span.last + 1], span.facts)
        return Evidence(
            floor(max(_LOWEST, min(_HIGHEST, self._scores[at, PLACE]))), gaz,
            "whole" if starts and ends else "start" if starts else "end" if ends else "middle",
            self._own(at, number), left, right, members, places, persons, share, slot.head, inner, outer,
            self._same(at), self._company(at),
        )  # fmt: skip

    def _list(self, slot: Slot) -> _List:
        """Return what is accepted in the list of a slot, counted once a list."""
        first = slot.members[0]
        if first not in self._lists:
            states = [self._state(member) for member in slot.members]
            self._lists[first] = _List(
                len(states),
                sum(state.startswith("place") for state in states),
                states.count("person"),
                fsum(self._probabilities[member] for member in slot.members),
            )
        return self._lists[first]

    def _state(self, number: int) -> str:
        return self._status.get(number, _NOTHING)

    def _own(self, at: int, number: int) -> str:
        """Return the class of the accepted span that the span is or overlaps."""
        if at in self._classes:
            return _STATUS[self._classes[at]]
        span = self._spans[at]
        for other in self._by_slot.get(number, ()):
            if self._spans[other].first <= span.last and span.first <= self._spans[other].last:
                return _STATUS[self._classes[other]] + _PART
        return _NOTHING

    def _same(self, at: int) -> str:
        """Return the classes that are accepted of other occurrences of the surface."""
        span = self._spans[at]
        surface = span.surface.lower()
        own = self._by_surface.get(surface, {}).get(span.first)
        classes: Mapping[int, int] = self._classes_of.get(surface, {})
        found = {_STATUS[each] for each, count in classes.items() if count > (each == own)}
        if span.first == span.last and surface in self._surnames:
            found.add("surname")
        return "+".join(sorted(found))

    def _company(self, at: int) -> str:
        """Return whether other accepted places show a country of the span."""
        facts = self._spans[at].facts
        if facts is None or len(facts.countries) > _SOME:
            return ""
        accepted = self._classes.get(at) == PLACE and len(facts.countries) <= _FEW
        shown = max((self._countries[code] for code in facts.countries), default=0) - accepted
        return f"{min(max(shown, 0).bit_length(), 3)}"


def evidence_names(it: Evidence) -> list[str]:
    """Return the features of the second pass; all begin with "A."."""
    known = "0" if it.gaz == "0" else "1"
    base = f"{it.cover}&{known}"
    names = [
        f"A.score={it.score}&{it.own}",
        f"A.cover={base}&{it.own}",
        f"A.score={it.score}&{base}",
    ]
    for side, state in (("left", it.left), ("right", it.right), ("inner", it.inner), ("outer", it.outer)):
        if state:
            names += [f"A.{side}={state}", f"A.{side}={state}&{base}", f"A.{side}={state}&{it.own}"]
    if it.left and it.right:
        names.append(f"A.both={it.left.partition(':')[2]}_{it.right.partition(':')[2]}&{base}")
    if it.members:
        share = f"{it.places}/{it.members}"
        names += [f"A.list={share}", f"A.list={share}&{base}", f"A.list={share}&{it.own}"]
        if it.persons:
            names += [f"A.persons={it.persons}", f"A.persons={it.persons}&{base}"]
        names.append(f"A.places={it.places}&{it.persons}&{base}")
        names += [f"A.share={it.share}&{base}", f"A.share={it.share}&{it.own}", f"A.share={it.share}&{it.score}"]
    if it.head:
        names += [f"A.head={it.head}&{base}", f"A.head={it.head}&{it.members > 0}&{it.own}"]
        if it.members:
            names.append(f"A.head={it.head}&{it.places > 0}&{it.persons > 0}&{base}")
    if it.same:
        names += [f"A.same={it.same}", f"A.same={it.same}&{base}", f"A.same={it.same}&{it.own}"]
        names.append(f"A.same={it.same}&{it.gaz}")
    if it.company:
        names += [f"A.company={it.company}", f"A.company={it.company}&{it.gaz}&{it.cover}"]
    return names
