"""One answer from any thread, from any process, in any order, with any state of the caches."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import random
import re
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import mapgen
from mapgen.corrections import Correction, Scope
from mapgen.errors import GazetteerError, MapgenError
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.keys import key_number
from mapgen.model import Decision

pytestmark = pytest.mark.usefixtures("gazetteer")

ROOT = Path(__file__).parent.parent.parent
MARK = re.compile(r"\[\[([^|\]]*)[^\]]*\]\]")


def documents() -> list[mapgen.Document]:
    """Passages of the project's own marked texts, some with a headline in capitals, some cut in the middle."""
    found: list[mapgen.Document] = []
    for folder, languages in (("data/dispatches", ("fr", "en")), ("data/placed", ("fr", "en"))):
        for language in languages:
            passages = (ROOT / folder / f"{language}.txt").read_text(encoding="utf-8").split("\n\n")
            for number, passage in enumerate(passages):
                text = MARK.sub(r"\1", "\n".join(line for line in passage.splitlines() if not line.startswith("#")))
                if len(text) < 80:
                    continue
                if number % 5 == 0:
                    text = f"{text[:50].upper()}\n\n{text}"
                found.append(mapgen.Document(text=text, language=language, source=f"{folder}-{language}-{number}"))
    return found


def print_of(annotated: mapgen.Annotated) -> str:
    """A digest of everything that the analysis says."""
    return hashlib.sha256(repr(annotated).encode("utf-8", "surrogatepass")).hexdigest()


def prints(geoparser: mapgen.Geoparser, texts: Sequence[mapgen.Document]) -> dict[str, str]:
    return {document.source: print_of(geoparser.annotate(document)) for document in texts}


_kept: list[mapgen.Geoparser] = []


def keep(pickled: bytes) -> None:
    """Unpickle a geoparser once in a process of a pool."""
    _kept[:] = [pickle.loads(pickled)]


def prints_here(texts: Sequence[mapgen.Document]) -> dict[str, str]:
    return prints(_kept[0], texts)


@pytest.fixture(scope="module")
def geoparser(root: Path) -> mapgen.Geoparser:
    return mapgen.Geoparser(places=root / "data" / "places.csv", features=True)


@pytest.fixture(scope="module")
def texts() -> list[mapgen.Document]:
    return random.Random(11).sample(documents(), 300)


@pytest.fixture(scope="module")
def expected(geoparser: mapgen.Geoparser, texts: list[mapgen.Document]) -> dict[str, str]:
    """What the analysis says of each text, read in one order by one process with cold caches."""
    return prints(geoparser, texts)


def test_the_order_of_texts_and_the_state_of_the_caches_change_nothing(
    geoparser: mapgen.Geoparser, texts: list[mapgen.Document], expected: dict[str, str]
) -> None:
    shuffled = random.Random(5).sample(texts, len(texts))
    half = len(texts) // 2
    warm = prints(geoparser, shuffled[:half])
    geoparser.caches.clear()
    assert {**warm, **prints(geoparser, shuffled[half:])} == expected


def test_caches_too_small_for_a_text_change_nothing(
    root: Path, texts: list[mapgen.Document], expected: dict[str, str]
) -> None:
    with mapgen.Geoparser(places=root / "data" / "places.csv", features=True, cache_bytes=1 << 20) as small:
        assert prints(small, texts[:60]) == {document.source: expected[document.source] for document in texts[:60]}
        assert sum(figures.bytes for figures in small.caches.figures().values()) <= 1 << 20


@pytest.mark.parametrize(
    "start", [name for name in ("fork", "spawn") if name in multiprocessing.get_all_start_methods()]
)
def test_two_processes_say_what_one_says(
    start: str, geoparser: mapgen.Geoparser, texts: list[mapgen.Document], expected: dict[str, str]
) -> None:
    shuffled = random.Random(7).sample(texts, len(texts))[:: 1 if start == "spawn" else 3]
    shares = [shuffled[0::2], shuffled[1::2]]
    with ProcessPoolExecutor(
        2, mp_context=multiprocessing.get_context(start), initializer=keep, initargs=(pickle.dumps(geoparser),)
    ) as pool:
        one, other = pool.map(prints_here, shares)
    assert {**one, **other} == {document.source: expected[document.source] for document in shuffled}


def test_threads_say_what_one_thread_says(
    geoparser: mapgen.Geoparser, texts: list[mapgen.Document], expected: dict[str, str]
) -> None:
    geoparser.caches.clear()
    some = texts[:80]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            # Every text is read by two threads at about the same time.
            found = list(
                pool.map(lambda document: print_of(geoparser.annotate(document)), [t for t in some for _ in "ab"])
            )
    finally:
        sys.setswitchinterval(before)
    assert found == [expected[document.source] for document in some for _ in "ab"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_goes_on_with_the_same_geoparser(
    geoparser: mapgen.Geoparser, texts: list[mapgen.Document], expected: dict[str, str]
) -> None:
    """The child opens connections of its own; the parent's stay as they are."""
    geoparser.annotate(texts[0])
    child = os.fork()
    if child == 0:  # nothing but the exit code leaves the child
        try:
            same = prints(geoparser, texts[:10]) == {
                document.source: expected[document.source] for document in texts[:10]
            }
            os._exit(0 if same else 3)
        except BaseException:
            os._exit(4)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert print_of(geoparser.annotate(texts[1])) == expected[texts[1].source]


def test_drawing_in_threads_is_drawing(geoparser: mapgen.Geoparser, texts: list[mapgen.Document]) -> None:
    annotated = [geoparser.annotate(document) for document in texts[:3]]
    alone = [geoparser.draw(each) for each in annotated]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(geoparser.draw, annotated)) == alone


def test_a_geoparser_made_of_settings_pickles(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    row = Correction(name="Sukayk", decision=Decision.PLACE, scope=Scope.EVERYWHERE, place="gn:170063")
    corrections = mapgen.Corrections((row,))
    with mapgen.Geoparser(places="data/places.csv", corrections=corrections, country="SY") as one:
        settings = one.settings.absolute()
        # The process that opens the files may be elsewhere.
        monkeypatch.chdir(tmp_path)
        pickled = pickle.dumps(one)
    with pickle.loads(pickled) as again:
        assert again.settings == settings
        place = again.annotate("Combats à Sukayk.").toponyms[0].place
        assert place is not None
        assert place.id == "gn:170063"


class Nothing:
    def recognise(self, _document: mapgen.Document) -> tuple[mapgen.Toponym, ...]:
        return ()


class Source:
    def places(self, _name: str, **_options: str) -> tuple[mapgen.Place, ...]:
        return ()


@pytest.mark.parametrize(
    ("part", "make"),
    [
        ("gazetteer", lambda gazetteer: {"gazetteer": gazetteer}),
        ("recogniser", lambda _gazetteer: {"recogniser": Nothing()}),
        ("geocoder", lambda _gazetteer: {"geocoder": Source()}),
    ],
)
def test_an_open_part_that_was_given_is_named_when_it_cannot_be_pickled(
    part: str, make: Callable[[Gazetteer], dict[str, object]], gazetteer: Gazetteer
) -> None:
    with mapgen.Geoparser(**make(gazetteer)) as geoparser, pytest.raises(MapgenError, match=f"given {part}"):  # type: ignore[arg-type]
        pickle.dumps(geoparser)
    with pytest.raises(GazetteerError, match="cannot be pickled"):
        pickle.dumps(gazetteer)


def test_a_closed_gazetteer_says_so(home: Path) -> None:
    with Gazetteer.open(home=home) as gazetteer:
        gazetteer.lookup("Alep")
    with pytest.raises(GazetteerError, match="closed"):
        gazetteer.lookup("Alep")


def test_a_thread_that_ends_closes_its_connection(home: Path) -> None:
    with Gazetteer.open(home=home) as gazetteer:
        for _ in range(50):
            thread = threading.Thread(target=gazetteer.lookup, args=("Alep",))
            thread.start()
            thread.join()
        opened = [len(layer._connections._handles) for layer in gazetteer._layers]
        assert opened == [1] * len(opened)


def test_keys_of_names_are_the_same_in_every_thread() -> None:
    names = [f"{chr(97 + number % 26) * (number % 300)}{number}" for number in range(3_000)]
    alone = [key_number.__wrapped__(name) for name in names]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(
                pool.map(lambda seed: [key_number.__wrapped__(name) for name in names[::seed]], (1, -1, 1, -1))
            )
    finally:
        sys.setswitchinterval(before)
    assert together == [alone, alone[::-1], alone, alone[::-1]]
