"""Places in countries that the document does not speak of: "none of these" is an answer too.

A gazetteer that lacks the village of a text often has a village of the same name on another continent. The softmax must
choose among what there is, so that a rule decides whether the right place is among the candidates at all.
"""

from __future__ import annotations

from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Candidate, Kind, MatchType, Origin, Place, Resolution
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.rules.draft import Draft, alternatives_with_top, with_alternative, with_probability
from mapgen.resolution.rules.reasons import unknown_reason

__all__ = ["doubt_lone_hamlets", "replace_remote_places"]

KNOWN_WORLDWIDE = 100_000
"""Inhabitants from which on a text may mean a remote place by its main name, where it has no namesake at home.

Of 36 remote candidates below this size (or `KNOWN_DESPITE_HOME`) that rank first in TR-News, NewsEye, LGL and the
project's own texts, 2 are right; 127 more rank first where the right place is taken from the candidates."""

KNOWN_DESPITE_HOME = 500_000
"""The same for a place with a namesake at home, and for one that has the name only among its others."""

HOME_PROBABILITY = 0.5
"""Probability of a place in the main country that ranks below a remote one."""

HAMLET_PROBABILITY = 0.45
"""Highest probability of a hamlet of a country pack that no other name lies near and no container of the name holds."""

_LOCAL = SETTLEMENTS | {Kind.DISTRICT, Kind.FACILITY}
_WELL_WRITTEN = (MatchType.EXACT, MatchType.FOLDED)


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
        if not _is_little_known(toponym.text, place, draft.setting.language, has_home=home is not None):
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


def _is_little_known(name: str, place: Place, language: Language, *, has_home: bool) -> bool:
    if place.kind not in _LOCAL or place.capital or place.origin is Origin.OWN:
        return False
    well_known = KNOWN_WORLDWIDE if is_main_name(name, place, language) and not has_home else KNOWN_DESPITE_HOME
    return place.population < well_known


def _is_at_home(candidate: Candidate, country: str) -> bool:
    return candidate.place.country == country and candidate.match in _WELL_WRITTEN
