"""Recognition against a spaCy pipeline (tok2vec and ner, small and convolutional), in turns over the same text.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_recognition_speed.py -s

trains the pipeline for a minute of processor time on the project's own French dispatches (kept in the tests' home for
the next run) and prints the rows of the table in docs/figures.md. Both read the same documents of some 500 words, one
thread, processor time, in alternating turns; spaCy by `nlp.pipe` with nothing but its two components. Tokens are
spaCy's for both. "warm" is the median over the turns, in which both have seen the text; "cold" is a recogniser and a
gazetteer that have seen no text at all. Without MAPGEN_MEASURE all is run once, with a pipeline that is hardly
trained, and no ratio is judged.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mapgen.gazetteer import Gazetteer
from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Prior, Resolver
from mapgen.training.recognition_corpora import LabelledText, read_dispatches

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
TURNS = 7 if MEASURE else 1
TRAINING_S = 60.0 if MEASURE else 0.1
WORDS = 500
MOST_WORDS = 40_000 if MEASURE else 2_000

FLOORS = {"own": 3.5, "dispatch": 6.0, "letemps": 7.0}
"""Times as fast as spaCy, warm, at least; 8 are asked for. They may only rise."""
WITH_RESOLUTION = 1.5
"""The same for recognition and resolution in a row; 5 are asked for."""
MEMORY_MB = 300


def passages(root: Path, split: str = "") -> list[LabelledText]:
    files = sorted((root / "data" / "dispatches").glob("fr*.txt"))
    return [text for path in files for text in read_dispatches(path, split=split)]


def in_documents(texts: Sequence[str]) -> list[str]:
    """Texts put together to documents of about `WORDS` words, `MOST_WORDS` in all."""
    documents: list[str] = []
    gathered: list[str] = []
    words = total = 0
    for text in texts:
        gathered.append(text)
        words += len(text.split())
        if words >= WORDS:
            documents.append("\n\n".join(gathered))
            total, words, gathered = total + words, 0, []
        if total >= MOST_WORDS:
            break
    return [*documents, "\n\n".join(gathered)] if gathered else documents


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, list[str]]:
    """Documents by name: names in every line, a dispatch, and an old newspaper where the shared corpora are."""
    found = {
        "own": in_documents([text.text for text in passages(root)]),
        "dispatch": [(root / "data" / "dispatch.txt").read_text(encoding="utf-8")] * (20 if MEASURE else 1),
    }
    if "MAPGEN_SHARED" in os.environ:
        path = Path(os.environ["MAPGEN_SHARED"]) / "resolution-corpora" / "letemps_fr.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            pieces = [piece for line in lines for piece in json.loads(line)["text"].split("\n") if piece.strip()]
        found["letemps"] = in_documents(pieces)
    return found


@pytest.fixture(scope="module")
def pipeline(root: Path, home: Path) -> Iterator[Any]:
    """A French pipeline trained on the project's own dispatches, kept for the next run where it was trained in full."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn
        spacy = pytest.importorskip("spacy", reason="spaCy is not installed; it is an optional extra")
        training = passages(root, "train")
        stamp = hashlib.sha256(repr((spacy.__version__, training)).encode()).hexdigest()[:12]
        kept = home / f"benchmark-spacy-{stamp}"
        if MEASURE and kept.exists():
            yield spacy.load(kept)
            return
        trained = _trained(spacy, training)
        if MEASURE:
            trained.to_disk(kept)
        yield trained


def _trained(spacy: Any, training: Sequence[LabelledText]) -> Any:
    from spacy.training import Example
    from spacy.util import filter_spans, fix_random_seed, minibatch

    fix_random_seed(1)
    order = random.Random(1)
    nlp = spacy.blank("fr")
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("ner", config={"model": {"tok2vec": listener}}).add_label("LOC")
    examples = []
    for text in training:
        marked = nlp.make_doc(text.text)
        spans = [marked.char_span(e.start, e.end, label="LOC", alignment_mode="expand") for e in text.entities]
        marked.set_ents(filter_spans([span for span in spans if span is not None]))
        examples.append(Example(nlp.make_doc(text.text), marked))
    optimiser = nlp.initialize(lambda: examples)
    begin = time.process_time()
    while time.process_time() - begin < TRAINING_S:
        order.shuffle(examples)
        for batch in minibatch(examples, 16):
            nlp.update(batch, sgd=optimiser, drop=0.2)
            if time.process_time() - begin >= TRAINING_S:
                break
    return nlp


def seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def in_turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float, float]:
    """The median ratio of theirs to ours over the turns, and the median seconds of both."""
    turns = [(seconds(ours), seconds(theirs)) for _ in range(TURNS)]
    return (
        statistics.median(b / a for a, b in turns),
        statistics.median(a for a, _ in turns),
        statistics.median(b for _, b in turns),
    )


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_recognition_against_spacy(
    name: str, texts: dict[str, list[str]], pipeline: Any, gazetteer: Gazetteer, home: Path
) -> None:
    if name not in texts:
        pytest.skip("MAPGEN_SHARED is not set: the shared corpora are not here")
    documents = [Document(text=text, language="fr") for text in texts[name]]
    tokens = sum(len(pipeline.make_doc(document.text)) for document in documents)
    with Gazetteer.open(home=home) as fresh:
        first = GazetteerRecogniser(fresh)
        cold = seconds(lambda: [first.recognise(document) for document in documents])
    recogniser = GazetteerRecogniser(gazetteer)
    found = [recogniser.recognise(document) for document in documents]
    assert any(found)
    ratio, ours, theirs = in_turns(
        lambda: [recogniser.recognise(document) for document in documents],
        lambda: list(pipeline.pipe(texts[name])),
    )
    rates = " | ".join(f"{tokens / taken:,.0f}" for taken in (ours, cold, theirs))
    print(f"\n| {name}, {tokens} tokens | {ratio:.1f} | {rates} |")  # noqa: T201 (shown by pytest -s)
    if MEASURE:
        assert ratio >= FLOORS[name]


def test_recognition_and_resolution_against_spacy(
    texts: dict[str, list[str]], pipeline: Any, gazetteer: Gazetteer
) -> None:
    documents = [Document(text=text, language="fr") for text in texts["own"]]
    tokens = sum(len(pipeline.make_doc(document.text)) for document in documents)
    recogniser, resolver = GazetteerRecogniser(gazetteer), Resolver(gazetteer, prior=Prior())

    def geoparse() -> int:
        return sum(
            len(resolver.resolve(document, recogniser.recognise(document), reader="fr")) for document in documents
        )

    assert geoparse() > 0
    ratio, ours, theirs = in_turns(geoparse, lambda: list(pipeline.pipe(texts["own"])))
    print(  # noqa: T201 (shown by pytest -s)
        f"\n| own, with resolution | {ratio:.1f} | {tokens / ours:,.0f} | | {tokens / theirs:,.0f} |"
    )
    if MEASURE:
        assert ratio >= WITH_RESOLUTION


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of memory")
def test_memory_of_recognition(root: Path, home: Path, gazetteer: Gazetteer) -> None:
    """100,000 words of names nobody has met before, and of those that everybody knows."""
    code = (
        "import pathlib, sys; from mapgen.gazetteer import Gazetteer; from mapgen.model import Document\n"
        "from mapgen.recognition import GazetteerRecogniser\n"
        "text = pathlib.Path(sys.argv[2]).read_text(encoding='utf-8')\n"
        "with Gazetteer.open(home=pathlib.Path(sys.argv[1])) as gazetteer:\n"
        "    recogniser = GazetteerRecogniser(gazetteer)\n"
        "    for turn in range(160):\n"
        "        words = ' '.join(f'{word}{turn}' if word.istitle() and not n % 3 else word\n"
        "                         for n, word in enumerate(text.split()))\n"
        "        assert recogniser.recognise(Document(text=words, language='fr'))\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    dispatch = root / "data" / "dispatch.txt"
    done = subprocess.run([sys.executable, "-c", code, home, dispatch], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[1]) < MEMORY_MB * 1024
