"""Step 4: turns ranked candidates into resolutions and applies what is not learned.

In: a `Sheet` whose passes have run, and its `Ranked` candidates. Out: the toponyms with a `Resolution` each.
`ranked_toponyms` makes the resolutions of the ranker with their reasons in words; `apply_rules` applies the ordered
list `RULES` to them: rulings of a person, spellings, remote places, contradictions, known alternatives, estimates,
doubts, divisions without a point of their own.
"""

from mapgen.resolution.rules.anchors import Radii
from mapgen.resolution.rules.draft import Setting
from mapgen.resolution.rules.ordered import RULES, Rule, apply_rules
from mapgen.resolution.rules.ranked_resolutions import ranked_toponyms, spellings
from mapgen.resolution.rules.reasons import Reasons
from mapgen.resolution.rules.remote import lone_hamlets, remote_positions

__all__ = [
    "RULES",
    "Radii",
    "Reasons",
    "Rule",
    "Setting",
    "apply_rules",
    "lone_hamlets",
    "ranked_toponyms",
    "remote_positions",
    "spellings",
]
