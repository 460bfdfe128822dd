"""Features of a name by itself: its words, their shapes and classes, what the gazetteer says of it."""

from __future__ import annotations

from collections.abc import Sequence

from mapgen.languages import Language
from mapgen.recognition.features.profiles import is_abbreviated, stated_class
from mapgen.recognition.spans import Facts
from mapgen.recognition.tokens import LOWER, NUMBER, UPPER, Word

__all__ = ["name_features"]


def name_features(
    words: Sequence[Word], facts: Facts | None, language: Language, common: frozenset[str], *, opening: bool
) -> list[str]:
    """Return the features of a name by itself.

    Args:
        words: its words.
        facts: what the gazetteer says of it.
        language: of the text.
        common: words that are common in small letters.
        opening: whether it opens a sentence.
    """
    first, last = words[0], words[-1]
    gaz = stated_class(words, facts)
    names = ["n", f"g={gaz}", f"n.words={len(words)}", f"n.first={first.group if len(words) > 1 else ''}"]
    names.append(f"n.last={last.group if len(words) > 1 else 'one:' + last.group}")
    shapes = "".join(str(word.shape) for word in words[:4])
    names.append(f"n.shapes={shapes}&{opening}")
    lower = last.lower
    if last.shape == UPPER and len(lower) > 4:
        names.append("n.long-capitals")
    names.append(f"n.length={min(len(lower), 9)}&{last.shape}")
    if len(words) == 1 or facts is None:
        names += [f"n.end3={lower[-3:]}", f"n.end2={lower[-2:]}"]
    if "-" in last.text:
        names.append(f"n.hyphen&{gaz}")
    if len(words) == 1:
        is_common = last.lower in common
        names += [f"n.common={is_common}&{opening}", f"n.common={is_common}&{gaz}", f"n.one={last.group}&{gaz}"]
        if opening and is_common:
            names.append(f"n.opening-common&{gaz}")
    else:
        inner = {word.sort for word in words[1:-1]}
        names += [f"n.inside={group}" for group in inner if group in _TELLING]
        names.append(f"n.pair={first.group}+{last.group}")
        if any(word.shape == LOWER for word in words[1:-1]):
            names.append(f"n.linked&{gaz}")
        names.append(f"n.unknown-words&{len(words)}" if facts is None else f"n.known-words&{gaz}")
        if first.shape == LOWER:
            names += [f"n.small={first.lower}", f"n.small&{gaz}"]
    if last.lower in language.not_places or words[0].lower in language.not_places:
        names += ["n.not-place", f"n.not-place&{gaz}&{len(words) > 1}"]
    if last.lower in language.demonyms or (len(words) > 1 and words[0].lower in language.demonyms):
        names.append(f"n.demonym&{len(words) > 1}&{facts is not None}")
    names += _class_names(first, last, gaz, opening=opening)
    if any(word.shape == NUMBER for word in words):
        names.append("n.number")
    if last.lower in language.behind_cues and len(words) > 1:
        names.append(f"n.behind-cue={language.behind_cues[last.lower].value}")
    if facts is not None and not is_abbreviated(words):
        names += _gazetteer_names(facts, min(len(words), 3))
    return names


def _class_names(first: Word, last: Word, gaz: str, *, opening: bool) -> list[str]:
    """Return what word lists say of the first and the last word of a name."""
    if first is last:
        names = [f"n.class={known}" for known in first.classes]
        names += [f"n.class={known}&{gaz}" for known in first.classes]
        return names + [f"n.class={known}&open={opening}" for known in first.classes[-1:]]
    names = [f"n.first-class={known}" for known in first.classes]
    names += [f"n.last-class={known}" for known in last.classes]
    names += [f"n.last-class={known}&{gaz}" for known in last.classes]
    return names + [f"n.classes={one}+{two}" for one, two in zip(first.classes, last.classes, strict=False)]


_TELLING = frozenset(
    ["org", "orgtail", "title", "given", "person", "of", "article", "and", "at", "weak", "dem", "cue", "generic"]
)


def _gazetteer_names(facts: Facts, words: int) -> list[str]:
    if facts.own:
        return ["g.match=exact", "g.main=True", "g.population=6&True", "g.names=6", "g.places=1", "g.kind=city"]
    names = [f"g.match={facts.match.value}", f"g.main={facts.main}"]
    names.append(f"g.population={len(str(facts.population)) if facts.population else 0}&{facts.main}")
    names.append(f"g.names={min(facts.name_count.bit_length(), 8)}")
    names.append(f"g.places={min(facts.places.bit_length(), 6)}")
    names += [f"g.kind={kind.value}" for kind in facts.kinds]
    if len(facts.kinds) == 1:
        # What can only be an area, a river, a country ("Soviet Union") is surer of it with every word.
        (kind,) = facts.kinds
        names += [f"g.only={kind.value}&{words}", f"g.only={kind.value}&{words}&{facts.main}&{facts.places == 1}"]
    return names
