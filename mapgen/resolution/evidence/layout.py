"""Lays out the sheet of a document: its names, their candidates, the features of the first pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

import numpy as np

from mapgen.corrections import Ruling
from mapgen.gazetteer.generic_words import is_airfield
from mapgen.languages import Language
from mapgen.model import Document, Kind, MatchType, Span, Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.candidates import COUNTY_WORDS, FORMS, Candidates, CandidateSet, Level, ruled_candidates
from mapgen.resolution.evidence.coherence import distinct_names
from mapgen.resolution.evidence.mention_features import mention_features
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.organisations import towns_of_organisations
from mapgen.resolution.evidence.patterns import codes_behind
from mapgen.resolution.evidence.sheet import Sheet
from mapgen.resolution.evidence.signs import name_with_article, name_with_cue, sign_features, signed_kind
from mapgen.resolution.evidence.surroundings import Surroundings, surroundings
from mapgen.resolution.features import COLUMN, NAMES, Group, column_slice

__all__ = ["RULED_SCORE", "lay_out"]

RULED_SCORE = 50.0
"""Added to the score of a place on which a person has ruled: no sum of features comes near it."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_Key = tuple[str, Ruling | None]


def lay_out(
    document: Document,
    toponyms: Sequence[Toponym],
    language: Language,
    candidates: Candidates,
    *,
    online: Mapping[str, CandidateSet] | None = None,
    rulings: Mapping[Span, Ruling] | None = None,
) -> Sheet:
    """Return the sheet of a document with every feature that does not need shares.

    Args:
        document: the text.
        toponyms: of the document, in text order.
        language: of the document.
        candidates: looks up the candidates.
        online: candidates of names that the gazetteer does not have.
        rulings: decisions of a person, by span; a ruled mention counts as a name of its own.
    """
    around = surroundings(document.text, toponyms, language)
    ruled = [(rulings or {}).get(toponym.span) for toponym in toponyms]
    keys: list[_Key] = [(toponym.text.casefold(), ruling) for toponym, ruling in zip(toponyms, ruled, strict=True)]
    demonyms = _demonyms(document, language)
    spoken_of = candidates.countries_spoken_of({toponym.text for toponym in toponyms}, demonyms)
    sets = _candidates_of_names(document.text, toponyms, keys, language, candidates, around, online or {}, spoken_of)
    # Names behind the last mention have no rows: they count where divisions are compared, and nowhere else.
    homes = _candidates_of_organisations(document.text, toponyms, language, candidates, {form for form, _ in sets})
    names = distinct_names([*sets.values(), *homes])
    positions = {key: position for position, key in enumerate(sets)}
    name_of = np.array([positions[key] for key in keys], dtype=np.int64)
    # The rows of a mention are those of its name, copied: the mentions of a name differ in the words around them.
    sizes = np.diff(names.starts)[name_of]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows = np.arange(starts[-1]) + np.repeat(names.starts[name_of] - starts[:-1], sizes)
    features = np.zeros((len(rows), len(NAMES)))
    features[:, column_slice(Group.NAME)] = names.features[rows]
    is_capital = features[:, COLUMN["capital"]] > 0
    features[:, column_slice(Group.MENTION)] = mention_features(
        names.codes[Level.KIND, rows], is_capital, sizes, toponyms, document.text
    )
    features[:, column_slice(Group.SIGN)] = sign_features(names.sorts[rows], around.signs, starts)
    name_numbers = name_of.tolist()

    def mention_of(number: int, part: Array, shares: Array, scores: Array) -> Mention:
        name = name_numbers[number]
        return Mention(toponyms[number], names.sets[name], name, part, shares, scores, ruled[number])

    sheet = Sheet(
        names=names,
        starts=starts,
        rows=rows,
        features=features,
        demonyms=demonyms,
        around=around,
        mention_of=mention_of,
    )
    prior = names.prior[rows]
    prior[[start for start, ruling in zip(starts, ruled, strict=False) if ruling and ruling.place]] = RULED_SCORE
    sheet.add_prior_in_place(prior)
    return sheet


def _candidates_of_names(
    text: str,
    toponyms: Sequence[Toponym],
    keys: Sequence[_Key],
    language: Language,
    candidates: Candidates,
    around: Surroundings,
    online: Mapping[str, CandidateSet],
    spoken_of: Mapping[str, frozenset[str] | None],
) -> dict[_Key, CandidateSet]:
    """The candidates of each distinct name, in order of first mention.

    What one mention says of the kind or of the article of a name holds for the name in the whole document.
    """
    default = Kind.DISTRICT if COUNTY_WORDS.search(text) else None
    kinds = {each.text.casefold(): each.cue_kind for each in toponyms if each.cue_kind in FORMS and _has_form(each)}
    for toponym, signs in zip(toponyms, around.signs, strict=True):
        if signed_kind(signs) is Kind.WATER:
            kinds.setdefault(toponym.text.casefold(), Kind.WATER)
    with_article = {
        each.text.casefold(): name for each in toponyms if (name := name_with_article(text, each, language))
    }
    with_cue = {each.text.casefold(): name for each in toponyms if (name := name_with_cue(text, each))}
    forms = _forms(toponyms)
    codes = codes_behind(text, toponyms, language)
    coded = {toponyms[at].text.casefold(): (toponyms[at - 1].text, bracketed) for at, bracketed in codes.items()}
    sets: dict[_Key, CandidateSet] = {}
    for key, ruling in dict.fromkeys(keys):
        form = forms[key]
        town, bracketed = coded.get(key, ("", False))
        of_code = candidates.of_code(form, language, town, countries=bracketed) if town else None
        of_name = (
            of_code
            or online.get(form)
            or candidates.of(
                form,
                language,
                kind=kinds.get(key, default),
                with_article=with_article.get(key, ""),
                with_cue=with_cue.get(key, ""),
                countries=spoken_of[form],
            )
        )
        sets[key, ruling] = of_name if ruling is None else ruled_candidates(ruling, of_name, language)
    return sets


def _candidates_of_organisations(
    text: str, toponyms: Sequence[Toponym], language: Language, candidates: Candidates, known: Container[str]
) -> list[CandidateSet]:
    """The candidates of the towns that are named in the names of organisations, but for the `known` names."""
    if not toponyms:
        return []
    sets: dict[str, CandidateSet] = {}
    for beginnings in towns_of_organisations(text, toponyms, language):
        for name in beginnings:
            if name.casefold() in known or name.casefold() in sets:
                break
            of_name = candidates.of(name, language)
            if any(match.type is MatchType.EXACT for match in of_name.matches):
                sets[name.casefold()] = of_name
                break
    return list(sets.values())


def _has_form(toponym: Toponym) -> bool:
    """Whether the cue says of which sort a facility is, where it says that the name is one."""
    return toponym.cue_kind is not Kind.FACILITY or is_airfield(toponym.cue)


def _forms(toponyms: Sequence[Toponym]) -> dict[str, str]:
    """The distinct names in order of first mention: in lower case, and in the first form that is not all capitals.

    "PARIS, Texas —" in a dateline and "Paris" below are one name.
    """
    forms: dict[str, str] = {}
    for toponym in toponyms:
        key = toponym.text.casefold()
        form = forms.get(key)
        if form is None or (form.isupper() and not toponym.text.isupper()):
            forms[key] = toponym.text
    return forms


def _demonyms(document: Document, language: Language) -> dict[str, float]:
    """Each country's share of the demonyms ("syrien", "Russian") in the text."""
    countries = language.demonyms
    if not countries:
        return {}
    words = _WORD.findall(document.text.lower())
    counts = Counter(country for word in words if (country := countries.get(word)))
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items()}
