"""Places in countries that the document does not speak of: "none of these" is an answer too.

A gazetteer that lacks the village of a text often has a village of the same name on another continent. The softmax must
choose among what there is, so that a rule decides whether the right place is among the candidates at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import WRITTEN, Candidate, Kind, Origin, Place, Resolution, Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.evidence import Mention, is_topic, name_with_article
from mapgen.resolution.features import COLUMN
from mapgen.resolution.ranking import Ranked
from mapgen.resolution.rules.anchors import SENTENCE_END
from mapgen.resolution.rules.draft import Draft, alternatives_with_top, with_alternative, with_probability
from mapgen.resolution.rules.ranked_resolutions import has_country_evidence
from mapgen.resolution.rules.reasons import unknown_reason

__all__ = ["doubt_lone_hamlets", "lone_hamlets", "remote_positions", "replace_remote_places"]

LEAST_NEARNESS = 0.05
"""Least `nearest` of a place that another name of the text is near to: about 180 km."""

SAME_PARTS = 0.5
"""Least `nearest` of little known places that support each other abroad: about 40 km."""

MOST_NAMESAKES = 2
"""Most little known places of one country that a text on another one names by chance."""

KNOWN_WORLDWIDE = 100_000
"""Inhabitants from which on a text may mean a remote place by its main name, where it has no namesake at home.

Of 36 remote candidates below this size (or `KNOWN_DESPITE_HOME`) that rank first in TR-News, NewsEye, LGL and the
project's own texts, 2 are right; 127 more rank first where the right place is taken from the candidates."""

KNOWN_DESPITE_HOME = 500_000
"""The same for a place with a namesake at home, or one that has the name only among its others; with both, it is not
meant."""

KNOWN_TO_READERS = 20_000
"""The same for a place in a country of the readers of the language whose name no place of another country bears: a
French text on Mali may name Béziers."""

KNOWN_BY_ARTICLE = 2_000
"""The same where the text contracts the article of the name ("au Locle"): few names have one."""

WIDELY_NAMED, KNOWN_BY_NAMES = 18, 5_000
"""Names of a place from which on the second number is what counts instead: Verdun and Dongola have names in many
languages. From 16 to 20 names the corpora differ in nothing; 24 lose two places of NewsEye."""

HOME_PROBABILITY = 0.5
"""Probability of a place in the main country that ranks below a remote one."""

HAMLET_PROBABILITY = 0.45
"""Highest probability of a hamlet of a country pack that no other name lies near and no container of the name holds."""

_NEAREST, _CONTAINED, _OWN = COLUMN["nearest"], COLUMN["contained"], COLUMN["own"]
_DEMONYM = COLUMN["demonym_share"]
_LOCAL = SETTLEMENTS | {Kind.DISTRICT, Kind.FACILITY}


def remote_positions(text: str, mentions: Sequence[Mention], ranked: Ranked, main_country: str) -> frozenset[int]:
    """Return the positions of names of which the top candidate is remote.

    It lies in another country than the document, which the sentence does not name, no other name or demonym is evidence
    for its country, no other name lies near it, and no container of the name holds it. Little known places of one
    country, far from each other, are no evidence for it: a country has namesakes of any two villages.

    Args:
        text: of the document.
        mentions: in text order.
        ranked: their candidates in order.
        main_country: of the document, or "". Where only little known places lie there, the country of the topic of the
            document takes its place, if it has one ("Québec : la tempête"); without both, those of the sentence.
    """
    tops = {
        position: (mention.candidates.matches[order[0]].place, mention.features[order[0]])
        for position, (mention, order) in enumerate(zip(mentions, ranked.orders, strict=True))
        if order
    }
    known = {place.country for place, features in tops.values() if _is_evidence(place, features)} - {""}
    home = main_country
    if main_country not in known and 0 in tops and is_topic(text, mentions[0].toponym):
        topic = tops[0][0].country
        home = topic if not _is_outvoted(mentions, tops, topic) else home
    beside = _countries_beside(text, mentions, tops)
    return frozenset(
        position
        for position, (place, features) in tops.items()
        if place.country not in {"", home, *beside[position]}
        and (home or beside[position])
        and not features[_CONTAINED]
        and not features[_OWN]
        and (
            (not has_country_evidence(features) and features[_NEAREST] < LEAST_NEARNESS)
            or (place.country not in known and features[_NEAREST] < SAME_PARTS)
        )
    )


def _countries_beside(
    text: str, mentions: Sequence[Mention], tops: Mapping[int, tuple[Place, Array]]
) -> Mapping[int, frozenset[str]]:
    """For each name, the countries that its sentence names."""
    beside: dict[int, frozenset[str]] = {}
    sentence: list[int] = []
    last = 0
    for position in sorted(tops):
        toponym = mentions[position].toponym
        if sentence and SENTENCE_END.search(text, last, toponym.start) is not None:
            beside.update(_in_sentence(sentence, tops))
            sentence = []
        sentence.append(position)
        last = toponym.end
    beside.update(_in_sentence(sentence, tops))
    return beside


def _in_sentence(sentence: Sequence[int], tops: Mapping[int, tuple[Place, Array]]) -> Mapping[int, frozenset[str]]:
    named = {position: tops[position][0].country for position in sentence if tops[position][0].kind is Kind.COUNTRY}
    return {position: frozenset(country for at, country in named.items() if at != position) for position in sentence}


def _is_outvoted(mentions: Sequence[Mention], tops: Mapping[int, tuple[Place, Array]], country: str) -> bool:
    """Whether so many little known places lie in one other country that the text speaks of it."""
    names: dict[str, set[int]] = {}
    for position, (place, _) in tops.items():
        if place.country != country:
            names.setdefault(place.country, set()).add(mentions[position].name)
    return any(len(each) > MOST_NAMESAKES for each in names.values())


def _is_evidence(place: Place, features: Array) -> bool:
    """Whether a place shows that the document speaks of its country."""
    is_known = place.kind not in _LOCAL or place.capital or place.population >= KNOWN_WORLDWIDE
    return bool(is_known or features[_CONTAINED] or features[_OWN] or features[_DEMONYM] > 0)


def lone_hamlets(mentions: Sequence[Mention], ranked: Ranked) -> frozenset[int]:
    """Return the positions of names of which the top candidate is a hamlet of a country pack that nothing confirms.

    No inhabitants are known of it, no other name of the text lies near it, and no container of the name holds it.

    Args:
        mentions: in text order.
        ranked: their candidates in order.
    """
    return frozenset(
        position
        for position, (mention, order) in enumerate(zip(mentions, ranked.orders, strict=True))
        if order
        and (match := mention.candidates.matches[order[0]]).pack
        and not match.place.population
        and match.place.kind in SETTLEMENTS
        and (features := mention.features[order[0]])[_NEAREST] < LEAST_NEARNESS
        and not features[_CONTAINED]
    )


def replace_remote_places(draft: Draft) -> None:
    """Give a remote, little known place up for a namesake in the main country of the document, else for none."""
    reader = draft.setting.reader
    for position in sorted(draft.setting.remote):
        toponym = draft.toponyms[position]
        resolution = toponym.resolution
        if resolution is None or resolution.place is None or position in draft.setting.rulings:
            continue
        place = resolution.place
        home = next((each for each in resolution.alternatives if _is_at_home(each, draft.setting.main_country)), None)
        with_article = name_with_article(draft.setting.text, toponym, draft.setting.language)
        by_article = with_article != "" and is_main_name(with_article, place, draft.setting.language)
        if not _is_little_known(
            toponym, place, draft.setting.language, has_home=home is not None, by_article=by_article
        ):
            continue
        if home is not None:
            taken = with_alternative(draft, position, home, HOME_PROBABILITY, reader.reasons["home"])
            draft.set_resolution(position, taken)
            continue
        far = reader.reasons["remote"].format(name=", ".join(filter(None, (place.name, place.country))))
        rejected = alternatives_with_top(toponym, 1.0)
        reasons = (unknown_reason(toponym, reader), far)
        draft.set_resolution(position, Resolution(place=None, probability=0.0, alternatives=rejected, reasons=reasons))


def doubt_lone_hamlets(draft: Draft) -> None:
    """Give a hamlet that nothing in the document confirms at most `HAMLET_PROBABILITY`."""
    for position in sorted(draft.setting.hamlets):
        resolution = draft.toponyms[position].resolution
        if (
            resolution is not None
            and resolution.probability > HAMLET_PROBABILITY
            and position not in draft.setting.rulings
        ):
            draft.set_resolution(position, with_probability(resolution, HAMLET_PROBABILITY))


def _is_little_known(toponym: Toponym, place: Place, language: Language, *, has_home: bool, by_article: bool) -> bool:
    name, match = toponym.text, toponym.resolution.match if toponym.resolution else None
    is_local = place.kind in _LOCAL or (place.kind is Kind.REGION and match not in WRITTEN)
    if not is_local or place.origin is Origin.OWN:
        return False
    if toponym.cue_kind is Kind.ROAD and place.kind is not Kind.ROAD:
        return True  # "la place Carnot" is a square of the town that the text speaks of, however large the city Carnot
    is_main = by_article or is_main_name(name, place, language)
    if has_home and not is_main:
        return True
    if place.capital:
        return False
    if has_home or not is_main:
        return place.population < KNOWN_DESPITE_HOME
    if place.name_count >= WIDELY_NAMED:
        return place.population < KNOWN_BY_NAMES
    alternatives = toponym.resolution.alternatives if toponym.resolution else ()
    is_unique = all(each.match not in WRITTEN or each.place.country == place.country for each in alternatives)
    if is_unique and place.country in language.countries:
        return place.population < (KNOWN_BY_ARTICLE if by_article else KNOWN_TO_READERS)
    return place.population < KNOWN_WORLDWIDE


def _is_at_home(candidate: Candidate, country: str) -> bool:
    return candidate.place.country == country and candidate.match in WRITTEN
