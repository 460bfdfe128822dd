"""Features of what precedes and follows a candidate span, and of both together with its name."""

from __future__ import annotations

from mapgen.recognition.features.parts import Aside, Beginning, Elsewhere, Ending, Joint, Left, Right

__all__ = [
    "aside_names",
    "beginning_names",
    "elsewhere_names",
    "ending_names",
    "joint_names",
    "left_names",
    "right_names",
]


def left_names(it: Left) -> list[str]:
    """Return the features of what precedes a span."""
    names = [
        f"L.open={it.opening}",
        f"L1={it.one}",
        f"L2={it.two}",
        f"L12={it.two}_{it.one}",
        f"L3={it.three}",
        f"L.capital={it.capital}&{it.one if it.capital else ''}",
    ]
    if it.cue[0]:
        names += [f"L.cue={it.cue[0]}", f"L.cue={it.cue[0]}{it.cue[1]}", f"L.cue-noun={it.cue[2]}_{it.one}"]
    elif it.cue[1]:
        names.append(f"L.noun={it.cue[1]}_{it.one}")
    if it.run:
        names += ["L.run-cue", f"L.run-cue&{it.one}"]
    if it.linked:
        names.append(f"L.linked={it.linked}_{it.one}")
    names += [f"C1={it.sort1}", f"C12={it.sort2}_{it.sort1}", f"C12={it.sort2}_{it.sort1}&{it.opening}"]
    names += [f"L1.class={known}" for known in it.classes]
    for known in it.classes2:
        names += [f"L2.class={known}", f"L2.class={known}&{it.one}"]
    for known in it.governing:
        names += [f"L.governing={known}", f"L.governing={known}&{it.one}"]
    if it.sort1 in (",", "and", "/", "-", "–", "—"):
        names.append(f"L.list={it.two}_{it.three}_{it.sort1}")
    return names


def right_names(it: Right) -> list[str]:
    """Return the features of what follows a span."""
    names = [
        f"K1={it.sort1}",
        f"K12={it.sort1}_{it.sort2}",
        f"R1={it.one}",
        f"R2={it.two}",
        f"R12={it.one}_{it.two}",
        f"R.capital={it.capital}&{it.one if it.capital else ''}",
    ]
    if it.cue:
        names += ["R.cue", f"R.cue={it.cue}"]
    if it.linked:
        names.append(f"R.linked={it.one}_{it.linked}")
    names += [f"R1.class={known}" for known in it.classes]
    for known in it.classes2:
        names += [f"R2.class={known}", f"R2.class={known}&{it.one}"]
    if it.one in (",", "("):
        names.append(f"R123={it.one}_{it.two}_{it.three}")
    return names


def aside_names(gaz: str, it: Aside) -> list[str]:
    """Return the features of the subjects and word classes on one side, together with the gazetteer class.

    Args:
        gaz: gazetteer class of the span.
        it: the side.
    """
    known = "0" if gaz == "0" else "1"
    names: list[str] = []
    for topic in it.topics:
        if it.side == "L":
            names += [f"T={topic}&{gaz}", f"T={topic}&C1={it.sort}&{known}"]
        else:
            names.append(f"T={topic}&K1={it.sort}&{known}")
    for place, classes in ((f"{it.side}1", it.classes), (it.side, it.governing)):
        names += [f"g={gaz}&{place}.class={one}" for one in classes]
        if known == "1":
            names += [f"g={known}&{place}.class={one}" for one in classes]
    return names


def beginning_names(gaz: str, extra: int, it: Beginning) -> list[str]:
    """Return the features of the beginning of a span together with its name.

    Args:
        gaz: gazetteer class of the span.
        extra: tokens of the span beyond the first.
        it: its beginning.
    """
    known = "0" if gaz == "0" else "1"
    alone = it.lead if extra == 0 else "many"
    names = [
        f"g={gaz}&L1={it.one}",
        f"g={known}&L12={it.two}_{it.one}",
        f"g={gaz}&C1={it.sort1}",
        f"g={gaz}&C12={it.sort2}_{it.sort1}",
        f"g={gaz}&alone={alone}&open={it.opening}",
        f"words={min(extra, 4)}&L1={it.one}",
    ]
    if extra:
        names.append(f"g={gaz}&many={min(extra, 3)}")
    if it.cue[0]:
        names += [
            f"g={gaz}&L.cue={it.cue[0]}",
            f"g={known}&L.cue={it.cue[0]}{it.cue[1]}",
            f"L.cue={it.cue[0]}&words={min(extra, 3)}",
            f"L.cue{it.cue[0]}&first={it.lead}&{known}",
        ]
    if it.head:
        group = "small" if "-small" in it.head else it.head
        names += [f"L.head={it.head}", f"L.head={group}", f"L.head={group}&{gaz}", f"L.head={group}&L1={it.one}"]
    if it.spread:
        names += ["L.spread", f"L.spread={it.spread}", f"L.spread&{known}&{min(extra, 3)}"]
    if it.member:
        names += [f"L.member={it.member}", f"L.member={it.member}&{it.one}&{known}"]
    return names


def ending_names(gaz: str, extra: int, it: Ending) -> list[str]:
    """Return the features of what follows a span together with its name; arguments as those of `beginning_names`."""
    known = "0" if gaz == "0" else "1"
    names = [
        f"g={gaz}&R1={it.one}",
        f"g={known}&R12={it.one}_{it.two}",
        f"g={gaz}&K1={it.sort1}",
        f"words={min(extra, 4)}&R.capital={it.capital}&{gaz}",
    ]
    if it.member:
        names += [f"R.member={it.member}", f"R.member={it.member}&{it.one}&{known}"]
    return names


def joint_names(gaz: str, extra: int, it: Joint) -> list[str]:
    """Return the features of both neighbours of a span together; arguments as those of `beginning_names`."""
    known = "0" if gaz == "0" else "1"
    names = [
        f"L1={it.before}&R1={it.after}",
        f"C12={it.sort2}_{it.sort1}&K1={it.next_sort}",
        f"g={known}&C1={it.sort1}&K1={it.next_sort}&{min(extra, 2)}",
    ]
    if extra == 0:
        names.append(f"g={gaz}&L1={it.before}&R1={it.after}")
    if it.cued:
        names.append(f"L.cue&R.capital={it.capital}&{known}")
    return names


def elsewhere_names(gaz: str, before: str, it: Elsewhere) -> list[str]:
    """Return the features of the rest of the document.

    Args:
        gaz: gazetteer class of the span.
        before: group of the word before the span.
        it: what the rest of the document says of it.
    """
    names: list[str] = []
    if it.parts:
        names += [f"n.parts={it.parts}", f"n.parts={it.parts}&{gaz}"]
    if it.company:
        names += [f"d.company={it.company}", f"d.company={it.company}&{gaz}"]
    if it.inside:
        names += ["g.longer", f"g.longer&{gaz}"]
    if it.document:
        names += [f"d={it.document}", f"d={it.document}&{gaz}", f"d={it.document}&L1={before}"]
    return names
