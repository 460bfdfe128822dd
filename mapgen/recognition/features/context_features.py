"""Features of what precedes and follows a candidate span, and of both together with its name."""

from __future__ import annotations

from mapgen.recognition.features.parts import Aside, Left, Pair, Right

__all__ = ["aside_names", "left_names", "pair_names", "right_names"]


def left_names(it: Left) -> list[str]:
    """Return the features of what stands left of a candidate."""
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
    """Return the features of what stands right of a candidate."""
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


def aside_names(it: Aside, gaz: str) -> list[str]:
    """Return what the passage and word lists say on one side, with what the gazetteer says of the candidate.

    Args:
        it: the side.
        gaz: what the gazetteer says of the candidate, as a class.
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


def pair_names(it: Pair) -> list[str]:
    """Return the features of what the parts of the picture say together."""
    known = "0" if it.gaz == "0" else "1"
    names = [
        f"g={it.gaz}&L1={it.one}",
        f"g={known}&L12={it.two}_{it.one}",
        f"g={it.gaz}&R1={it.after}",
        f"g={known}&R12={it.after}_{it.after2}",
        f"L1={it.one}&R1={it.after}",
        f"g={it.gaz}&C1={it.sort1}",
        f"g={it.gaz}&C12={it.sort2}_{it.sort1}",
        f"g={it.gaz}&K1={it.next_sort}",
        f"C12={it.sort2}_{it.sort1}&K1={it.next_sort}",
        f"g={known}&C1={it.sort1}&K1={it.next_sort}&{min(it.extra, 2)}",
        f"g={it.gaz}&L1={it.one}&R1={it.after}" if it.extra == 0 else f"g={it.gaz}&many={min(it.extra, 3)}",
        f"g={it.gaz}&alone={it.alone}&open={it.opening}",
        f"words={min(it.extra, 4)}&L1={it.one}",
        f"words={min(it.extra, 4)}&R.capital={it.capital}&{it.gaz}",
    ]
    if it.cue[0]:
        names += [
            f"g={it.gaz}&L.cue={it.cue[0]}",
            f"g={known}&L.cue={it.cue[0]}{it.cue[1]}",
            f"L.cue={it.cue[0]}&words={min(it.extra, 3)}",
        ]
        names += [f"L.cue&R.capital={it.capital}&{known}", f"L.cue{it.cue[0]}&first={it.lead}&{known}"]
    if it.head:
        group = "small" if "-small" in it.head else it.head
        names += [f"L.head={it.head}", f"L.head={group}", f"L.head={group}&{it.gaz}", f"L.head={group}&L1={it.one}"]
    if it.parts:
        names += [f"n.parts={it.parts}", f"n.parts={it.parts}&{it.gaz}"]
    if it.company:
        names += [f"d.company={it.company}", f"d.company={it.company}&{it.gaz}"]
    if it.spread:
        names += ["L.spread", f"L.spread={it.spread}", f"L.spread&{known}&{min(it.extra, 3)}"]
    for side, neighbour in zip("LR", it.neighbours, strict=True):
        if neighbour:
            joint = it.one if side == "L" else it.after
            names += [f"{side}.member={neighbour}", f"{side}.member={neighbour}&{joint}&{known}"]
    if it.inside:
        names += ["g.longer", f"g.longer&{it.gaz}"]
    if it.document:
        names += [f"d={it.document}", f"d={it.document}&{it.gaz}", f"d={it.document}&L1={it.one}"]
    return names
