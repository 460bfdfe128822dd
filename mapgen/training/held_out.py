"""Resolution of texts that the weights have not seen: `python -m mapgen.training.held_out FOLDER [--write]`.

FOLDER holds the corpora; scipy is needed. The shipped weights were trained on trnews and newseye_fr, so what they reach
there says little; here they are trained anew without the texts that are measured: trnews in five folds by document,
newseye_fr by weights that have seen English only. Takes some minutes. `--write` renews the table in docs/evaluation.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mapgen import __version__
from mapgen.evaluation.corpora import digest, read_corpus
from mapgen.evaluation.documentation import PAGE, held_out, placed
from mapgen.evaluation.gold import Atlas, GoldDocument, located
from mapgen.evaluation.report.table import to_table
from mapgen.evaluation.run import Run
from mapgen.evaluation.tasks import measure
from mapgen.files import write_aside
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.training.documents import DISPATCHES, OWN, PLACED, PLACED_IN, Training, described
from mapgen.training.resolution import FOLDS, train

__all__ = ["HeldOut", "main"]


class HeldOut:
    """A subject that resolves each document by a resolver that has not seen it.

    Args:
        gazetteer: where candidates come from.
        resolvers: by text of the document.
    """

    def __init__(self, gazetteer: Gazetteer, resolvers: dict[str, Resolver]) -> None:
        self._gazetteer = gazetteer
        self._recogniser = GazetteerRecogniser(gazetteer)
        self._resolvers = resolvers

    @property
    def atlas(self) -> Atlas:
        """The gazetteer."""
        return self._gazetteer

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document."""
        return self._recogniser.recognise(document)

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return given spans with cue, sense and relation."""
        return self._recogniser.describe(document, toponyms)

    def resolve(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions."""
        return self._resolvers[document.text].resolve(document, toponyms)


def held_out_runs(folder: Path) -> Iterator[Run]:
    """Yield the measurements of trnews and newseye_fr."""
    with Gazetteer.open() as gazetteer:
        recogniser = GazetteerRecogniser(gazetteer)

        def ready(path: Path, split: str = "") -> list[Training]:
            return [described(located(gold, gazetteer), recogniser) for gold in read_corpus(path, split=split)]

        trnews, newseye = folder / "trnews.jsonl.gz", folder / "newseye_fr.jsonl.gz"
        english, french = ready(trnews), ready(newseye)
        own = {
            code: [
                each for name in OWN if code in name.split("-") for each in ready(DISPATCHES / f"{name}.txt", "train")
            ]
            + ready(PLACED / f"{code}.txt")
            for code in PLACED_IN
        }

        resolvers: dict[str, Resolver] = {}
        for fold in range(FOLDS):
            kept = [each for number, each in enumerate(english) if number % FOLDS != fold]
            resolver = Resolver(gazetteer, ranker=train([*kept, *french, *own["en"], *own["fr"]], gazetteer))
            resolvers |= {each.gold.document.text: resolver for each in english[fold::FOLDS]}
        yield _run(trnews, f"{FOLDS} folds", [each.gold for each in english], HeldOut(gazetteer, resolvers))

        resolver = Resolver(gazetteer, ranker=train([*english, *own["en"]], gazetteer))
        resolvers = {each.gold.document.text: resolver for each in french}
        yield _run(newseye, "trained on English", [each.gold for each in french], HeldOut(gazetteer, resolvers))


def _run(path: Path, how: str, documents: Sequence[GoldDocument], subject: HeldOut) -> Run:
    run = Run(task="resolution", corpus=path.name, sha256=digest(path), version=__version__)
    return replace(measure(documents, subject, run), split=how)


def main(folder: Path, *, write: bool = False) -> None:
    """Print the tables.

    Args:
        folder: of the corpora.
        write: whether the table in docs/evaluation.md is replaced too.
    """
    runs = []
    for run in held_out_runs(folder):
        print(to_table(run), flush=True)  # noqa: T201
        runs.append(run)
    if write:
        write_aside(PAGE, placed(PAGE.read_text(encoding="utf-8"), "held-out", held_out(runs)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
