"""One recogniser read from several threads at once answers as it does alone; its caches keep their budgets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from mapgen.caches import BUDGETS, Caches
from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser
from mapgen.training.recognition_corpora import read_dispatches

THREADS = 4


class Answers:
    """The facts of a gazetteer as a dictionary: an open SQLite file is another test's matter."""

    def __init__(self, gazetteer, recognise) -> None:
        self._facts: dict = {}
        self._holders: dict = {}
        self._gazetteer = gazetteer
        recognise(self._noting())

    def _noting(self):
        answers = self

        class Noting:
            def facts(self, names):
                found = answers._gazetteer.facts(names)
                answers._facts.update(found)
                return found

            def holders(self, name, code, *, countries=True):
                found = answers._gazetteer.holders(name, code, countries=countries)
                answers._holders[name, code, countries] = found
                return found

        return Noting()

    def facts(self, names):
        return {name: self._facts[name] for name in names if name in self._facts}

    def holders(self, name, code, *, countries=True):
        return self._holders[name, code, countries]


@pytest.fixture(scope="module")
def documents(root):
    return [
        Document(text=text.text, language=language)
        for language in ("fr", "en")
        for path in sorted((root / "data" / "dispatches").glob(f"{language}*.txt"))
        for text in list(read_dispatches(path))[::25]
    ]


def test_threads_change_no_reading(documents, gazetteer):
    alone = []
    facts = Answers(gazetteer, lambda noting: alone.extend(map(GazetteerRecogniser(noting).recognise, documents)))
    shared = GazetteerRecogniser(facts, caches=Caches(total=4 << 20))
    with ThreadPoolExecutor(THREADS) as pool:
        rounds = list(pool.map(lambda _: [shared.recognise(document) for document in documents], range(THREADS)))
    assert all(each == alone for each in rounds)


def test_caches_keep_their_budgets_over_many_texts(documents, gazetteer):
    caches = Caches(total=2 << 20)
    recogniser = GazetteerRecogniser(gazetteer, caches=caches)
    for document in documents:
        recogniser.recognise(document)
    figures = {name: each for name, each in caches.figures().items() if name.startswith("recognition.")}
    assert set(figures) == {name for name in BUDGETS if name.startswith("recognition.")}
    assert all(each.bytes <= each.budget for each in figures.values())
    assert sum(each.evictions for each in figures.values()) > 0
