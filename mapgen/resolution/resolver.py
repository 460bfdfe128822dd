"""From toponyms to places: candidates, evidence, ranking, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapgen import languages
from mapgen.corrections import Ruling
from mapgen.gazetteer import Gazetteer
from mapgen.languages import Language
from mapgen.model import Document, MatchType, Span, Toponym
from mapgen.resolution.arrays import haversine
from mapgen.resolution.candidates import NEAR_NAMES, Candidates, PlaceSource, online_candidates
from mapgen.resolution.evidence import Mention, Sheet, lay_out
from mapgen.resolution.parts import parts
from mapgen.resolution.ranking import Ranker, linear_ranker, main_country, rank
from mapgen.resolution.rules import (
    RULES,
    Radii,
    Reasons,
    Rule,
    Setting,
    apply_rules,
    lone_hamlets,
    ranked_toponyms,
    remote_positions,
    spellings,
)

__all__ = ["Prior", "Resolver"]

PRIOR_COUNTRY = 2.0
PRIOR_NEAR = 3.5
PRIOR_NEAR_KM = 150.0
"""Added to the score of a candidate in the user's home country, or at the user's home; the latter falls to 1/e within
PRIOR_NEAR_KM.

Set by hand so that home decides between places of equal fame (odds 7 and 33 to 1) and does not overrule the text: no
corpus says where its readers live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The home of the reader or the newspaper.

    Attributes:
        near: (latitude, longitude) in degrees, or None.
        country: ISO 3166-1 alpha-2 code, or "".
    """

    near: tuple[float, float] | None = None
    country: str = ""


class Resolver:
    """Gives every toponym its place; safe for use from several threads as far as the gazetteer is.

    Args:
        gazetteer: source of the candidates.
        prior: the home of the reader or the newspaper.
        ranker: scores the candidates; the linear one with the weights of the package when not given.
        candidates: looks the candidates up; all that the gazetteer has when not given.
        rules: what overrules the ranker, in the order of application.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        prior: Prior | None = None,
        ranker: Ranker | None = None,
        candidates: Candidates | None = None,
        rules: Sequence[Rule] = RULES,
    ) -> None:
        self._gazetteer = gazetteer
        self._prior = prior or Prior()
        self._ranker = ranker or linear_ranker()
        self._radii = Radii(gazetteer)
        self._candidates = candidates or Candidates(gazetteer)
        self._rules = rules

    def resolve(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        *,
        reader: str = "",
        rulings: Mapping[Span, Ruling] | None = None,
        online: PlaceSource | None = None,
        features: bool = False,
    ) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions, in the same order; none is dropped.

        A document with thousands of names is resolved part by part (`mapgen.resolution.parts`).

        Args:
            document: the text, its language known.
            toponyms: in text order.
            reader: language of the reasons, ISO 639-1; English where there are none in it.
            rulings: by span, what a person has decided; the other names are ranked with these places.
            online: asked for names that the gazetteer does not have; its places are candidates like others.
            features: whether resolutions and candidates carry the features that the ranker has used. They are most of
                what a resolution weighs.
        """
        resolved: list[Toponym] = []
        for part in parts(document, toponyms):
            of_part = self._resolve(
                part.document, part.toponyms, reader=reader, rulings=part.moved(rulings), online=online,
                features=features,
            )  # fmt: skip
            resolved += part.restored(of_part)
        return tuple(resolved)

    def _resolve(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        *,
        reader: str,
        rulings: Mapping[Span, Ruling] | None,
        online: PlaceSource | None,
        features: bool,
    ) -> tuple[Toponym, ...]:
        """`resolve` for a document or a part of a long one, all names of which are evidence for each other."""
        language = languages.load(document.language)
        reasons_in = languages.load(languages.reader_language(reader or document.language))
        sheet = self._ranked_sheet(
            document, toponyms, language, passes=self._ranker.passes, rulings=rulings, online=online
        )
        ranked = rank(sheet, self._ranker)
        reasons = Reasons(
            sheet,
            [order[0] if order else -1 for order in ranked.orders],
            reasons_in,
            self._ranker,
            lambda code: self._country_name(code, reasons_in.code),
        )
        country = main_country(sheet.mentions)
        setting = Setting(
            text=document.text,
            language=language,
            reader=reasons_in,
            around=sheet.around,
            radii=self._radii,
            main_country=country,
            rulings={number: each.ruling for number, each in enumerate(sheet.mentions) if each.ruling is not None},
            spellings=spellings(sheet.mentions, ranked),
            remote=remote_positions(document.text, sheet.mentions, ranked, country),
            hamlets=lone_hamlets(sheet.mentions, ranked),
            candidates_of=lambda name: self._candidates.of(name, language),
            place_of=self._gazetteer.get,
        )
        toponyms = ranked_toponyms(sheet, ranked, reasons, reasons_in, features=features)
        return apply_rules(setting, toponyms, self._rules)

    def score(
        self, document: Document, toponyms: Sequence[Toponym], language: Language, *, passes: int | None = None
    ) -> Sequence[Mention]:
        """Return the mentions with features, scores and shares of the last pass, for learning.

        Args:
            document: the text.
            toponyms: in text order.
            language: of the document.
            passes: how many passes run; all when not given. Fewer are for learning the weights of the next one.
        """
        count = self._ranker.passes if passes is None else passes
        return self._ranked_sheet(document, toponyms, language, passes=count).mentions

    def _ranked_sheet(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        *,
        passes: int,
        rulings: Mapping[Span, Ruling] | None = None,
        online: PlaceSource | None = None,
    ) -> Sheet:
        """The sheet of a document after its passes."""
        sheet = lay_out(document, toponyms, language, self._candidates, rulings=rulings)
        self._add_prior_in_place(sheet)
        if online is not None and (unknown := _unknown_names(sheet.mentions)):
            # One pass tells the country to ask for.
            sheet.run_in_place(self._ranker.scores, 1)
            country = main_country(sheet.mentions)
            from_source = online_candidates(online, unknown, country=country, language=language)
            if from_source:
                sheet = lay_out(document, toponyms, language, self._candidates, online=from_source, rulings=rulings)
                self._add_prior_in_place(sheet)
        sheet.run_in_place(self._ranker.scores, passes)
        return sheet

    def _add_prior_in_place(self, sheet: Sheet) -> None:
        prior = self._prior
        if prior.country:
            home = [country == prior.country for candidates in sheet.names.sets for country in candidates.country]
            sheet.add_prior_in_place(PRIOR_COUNTRY * np.array(home, dtype=float)[sheet.rows])
        if prior.near is not None:
            lat, lon = np.radians(prior.near)
            distance = haversine(sheet.names.lat, sheet.names.lon, np.array(lat), np.array(lon))
            sheet.add_prior_in_place(PRIOR_NEAR * np.exp(-distance / PRIOR_NEAR_KM)[sheet.rows])

    def _country_name(self, code: str, language: str) -> str:
        country = self._gazetteer.country(code)
        return country.label(language) if country else code


def _unknown_names(mentions: Sequence[Mention]) -> list[str]:
    """The names without a ruling that the gazetteer has nothing for but places spelled a little like them."""
    return [
        mention.toponym.text
        for mention in mentions
        if mention.ruling is None
        and all(
            match.type is MatchType.NEAR and match.place.name_count < NEAR_NAMES for match in mention.candidates.matches
        )
    ]
