"""Resolution measured over corpora whose names have coordinates: spans given, or found by the program (end to end)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.evaluation.cases import Case, Outcome, answer_of, excerpt, truth_of
from mapgen.evaluation.gold import GoldDocument, GoldName
from mapgen.evaluation.metrics import FARTHEST_KM, GoldPlace, Judgement, error_km, is_right
from mapgen.evaluation.recognition import label_at
from mapgen.model import Place, Toponym

__all__ = ["PLACED_COLUMNS", "Placed", "judge_parsed", "judge_placed"]

PLACED_COLUMNS = ("right", "reported", "gold", "covered", "answered")
"""What is counted of each name: found and right, reported by the program, in the gold with coordinates; of gold names
those with a right place among the candidates, those with an answer."""


def _judgement(place: GoldPlace, toponym: Toponym | None) -> Judgement:
    resolution = toponym.resolution if toponym else None
    answer: Place | None = resolution.place if resolution else None
    candidates = [answer] if answer else []
    candidates += [alternative.place for alternative in resolution.alternatives] if resolution else []
    return Judgement(
        right=answer is not None and is_right(answer, place),
        covered=any(is_right(candidate, place) for candidate in candidates),
        distance_km=error_km(answer, place) if answer else FARTHEST_KM,
        probability=resolution.probability if resolution and answer else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """The judgement of a document.

    Attributes:
        cases: one a judged name, and one for each that the program invented.
        counts: for each of them the counts of `PLACED_COLUMNS`.
        judgements: one a placed gold name.
        answered: which of these judgements are of names that got an answer.
    """

    cases: tuple[Case, ...]
    counts: tuple[tuple[int, ...], ...]
    judgements: tuple[Judgement, ...]
    answered: tuple[bool, ...]


def judge_placed(gold: GoldDocument, toponyms: Sequence[Toponym]) -> Placed:
    """Judge the places of a document whose spans were given; nested names count."""
    return _judged(gold, toponyms, [name for name in gold.names if name.place is not None], found=False)


def judge_parsed(gold: GoldDocument, toponyms: Sequence[Toponym]) -> Placed:
    """Judge the places of a document that the program has read by itself.

    Right is a name of the gold that was found with exactly its span and placed rightly. Everything else that the
    program reports is wrong, except the names that the corpus marks without saying where they lie: these are left out.
    """
    return _judged(gold, toponyms, [name for name in gold.asked if name.place is not None], found=True)


def _judged(gold: GoldDocument, toponyms: Sequence[Toponym], names: Sequence[GoldName], *, found: bool) -> Placed:
    answers = {toponym.span: toponym for toponym in toponyms}
    cases: list[Case] = []
    counts: list[tuple[int, ...]] = []
    judgements: list[Judgement] = []
    for name in names:
        toponym = answers.get(name.span)
        judgement = _judgement(name.place, toponym) if name.place else None
        if judgement is None:
            continue
        answered = toponym is not None and toponym.place is not None
        counts.append((int(judgement.right), int(toponym is not None), 1, int(judgement.covered), int(answered)))
        judgements.append(judgement)
        cases.append(_case(gold, name, toponym, judgement))
    answered_flags = tuple(bool(row[-1]) for row in counts)
    if found:
        known = set(gold.spans)
        for toponym in toponyms:
            if toponym.span not in known:
                counts.append((0, 1, 0, 0, 0))
                cases.append(_invented(gold, toponym))
    return Placed(tuple(cases), tuple(counts), tuple(judgements), answered_flags)


def _case(gold: GoldDocument, name: GoldName, toponym: Toponym | None, judgement: Judgement) -> Case:
    if judgement.right:
        outcome = Outcome.RIGHT
    elif toponym is None:
        outcome = Outcome.MISSED
    else:
        outcome = Outcome.WRONG if toponym.place else Outcome.UNANSWERED
    words = excerpt(gold.document.text, name.span)
    if outcome is Outcome.RIGHT:
        words |= {"before": "", "after": ""}
    return Case(
        document=gold.id,
        outcome=outcome,
        kind=name.kind.value if name.kind else "",
        country=name.country,
        truth=truth_of(name),
        answer=answer_of(toponym.place if toponym else None),
        distance_km=round(judgement.distance_km, 1),
        probability=round(judgement.probability, 4),
        covered=judgement.covered,
        **words,
    )


def _invented(gold: GoldDocument, toponym: Toponym) -> Case:
    return Case(
        document=gold.id,
        outcome=Outcome.INVENTED,
        said=label_at(gold.others, toponym.span),
        answer=answer_of(toponym.place),
        **excerpt(gold.document.text, toponym.span),
    )
