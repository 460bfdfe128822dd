from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mapgen.corrections import Amended, Correction, Corrections, Scope, amend
from mapgen.model import Decision, Document, Kind, Place, Relation, RelationType, Toponym
from mapgen.reading import read_as

TEXT = "The road from Alep to Hama, past Old\nMill, ends in Alep. The Alepine hills are north of ALEP."
DOCUMENT = Document(text=TEXT, source="a.txt", language="en")
ALEP = Place(id="gn:170063", source="GeoNames", name="Aleppo", kind=Kind.CITY, country="SY", lat=36.2012, lon=37.1612)
NORMAL = read_as(DOCUMENT).document.text
KNOWN: Any = SimpleNamespace(get={ALEP.id: ALEP}.get)


def found(*names: str, text: str = TEXT) -> tuple[Toponym, ...]:
    """The mentions of some names, each looked for behind the one before."""
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append((at, at + len(name)))
        at += len(name)
    return tuple(Toponym(start=start, end=end, text=text[start:end], probability=0.9) for start, end in spans)


def row(name: str, decision: str, scope: str = "document", **more: Any) -> Correction:
    if scope != "everywhere":
        more.setdefault("document", "a.txt")
    if decision == "missing" or scope == "here":
        start = TEXT.index(name) if name in TEXT else 0
        more.setdefault("span", (start, start + len(name)))
    return Correction(name=name, decision=Decision(decision), scope=Scope(scope), path="c.csv", **more)


def as_they_are(_document: Document, toponyms: tuple[Toponym, ...]) -> tuple[Toponym, ...]:
    return toponyms


def amended(*rows: Correction, toponyms: Sequence[Toponym] | None = None, describe: Any = as_they_are) -> Amended:
    numbered = tuple(replace(each, line=line) for line, each in enumerate(rows, start=2))
    names = found("Alep", "Hama", "Alep") if toponyms is None else toponyms
    return amend(read_as(DOCUMENT), names, Corrections(numbered), KNOWN, describe=describe)


def told(result: Amended) -> list[tuple[str, str, str | None]]:
    """Name, decision and place ("" where a person said that there is none, None where nobody spoke of it)."""
    lines = []
    for toponym in result.toponyms:
        ruling = result.rulings.get(toponym.span)
        place = None if ruling is None else ruling.place.id if ruling.place else ""
        lines.append((toponym.text, str(toponym.decision or ""), place))
    return lines


def test_without_corrections_nothing_changes() -> None:
    assert amended() == Amended(toponyms=found("Alep", "Hama", "Alep"))
    other = row("Alep", "place", place=ALEP.id, document="b.txt")
    assert amended(other, row("Rome", "no-place", "everywhere")).toponyms == found("Alep", "Hama", "Alep")
    assert amended(other).warnings == ()


def test_a_name_is_a_place_here_in_the_document_or_everywhere() -> None:
    wide = row("alep", "place", "everywhere", place=ALEP.id)
    assert told(amended(wide)) == [("Alep", "place", ALEP.id), ("Hama", "", None), ("Alep", "place", ALEP.id)]
    assert told(amended(row("Alep", "place", place=ALEP.id))) == told(amended(wide))
    here = row("Alep", "place", "here", place=ALEP.id)
    assert told(amended(here)) == [("Alep", "place", ALEP.id), ("Hama", "", None), ("Alep", "", None)]
    assert amended(wide).toponyms[0].probability == 1.0
    assert amended(wide).rulings[(14, 18)].reason == "decided"


def test_the_narrower_wins_and_of_the_same_the_later() -> None:
    everywhere = row("Alep", "place", "everywhere", place=ALEP.id)
    document = row("Alep", "no-place")
    here = row("Alep", "place", "here", point=(1.0, 2.0))
    said = "said:alep@1.00000,2.00000"
    for rows in ((everywhere, document, here), (here, document, everywhere), (document, here, everywhere)):
        assert told(amended(*rows)) == [("Alep", "place", said), ("Hama", "", None), ("Alep", "no-place", "")]
    assert [line[2] for line in told(amended(everywhere, replace(everywhere, place="", point=(1.0, 2.0))))] == [
        said, None, said,
    ]  # fmt: skip
    assert told(amended(document, row("Alep", "place", place=ALEP.id)))[0][1] == "place"
    assert told(amended(row("Alep", "place", place=ALEP.id), document))[0][1] == "no-place"


def test_a_missing_name_is_added_and_replaces_what_lies_across_it() -> None:
    result = amended(row("Old\nMill", "missing", "here"))
    assert told(result)[2] == ("Old Mill", "missing", None)
    across = amended(row("Alep to Hama", "missing", "here", point=(1.0, 2.0)))
    assert told(across) == [("Alep to Hama", "missing", "said:alep-to-hama@1.00000,2.00000"), ("Alep", "", None)]
    # One that the program has found by itself stays as it is, but for the decision.
    same = amended(row("Hama", "missing", "here"))
    assert told(same)[1] == ("Hama", "missing", None)
    assert same.toponyms[1].probability == 1.0


def test_a_place_here_holds_where_the_program_sees_no_name() -> None:
    assert told(amended(row("Alep", "place", "here", place=ALEP.id), toponyms=()))[0] == ("Alep", "place", ALEP.id)
    assert amended(row("Alep", "place", "here", place="gn:1"), toponyms=()).toponyms == ()
    assert amended(row("Alep", "no-place", "here"), toponyms=()) == Amended(toponyms=())


def test_a_name_that_is_missing_everywhere_is_added_as_a_whole_word() -> None:
    wide = row("Alep", "missing", "everywhere", place=ALEP.id)
    assert told(amended(wide, toponyms=())) == [("Alep", "missing", ALEP.id)] * 2
    # What is found stays; what a person says of one mention stands.
    across = found("Alep to Hama")
    assert [line[0] for line in told(amended(wide, toponyms=across))] == ["Alep to Hama", "Alep"]
    assert told(amended(wide, row("Alep", "no-place", "here"), toponyms=()))[0] == ("Alep", "missing", ALEP.id)
    assert len(amended(wide, row("Alep", "no-place", "here"), toponyms=()).toponyms) == 1
    assert amended(wide, row("Alep", "no-place"), toponyms=()).toponyms == ()
    # A place said later is where the missing name lies; it does not take back that it is a name.
    assert told(amended(row("Alep", "missing"), row("Alep", "place", place=ALEP.id), toponyms=()))[0] == (
        "Alep", "missing", ALEP.id,
    )  # fmt: skip


def test_names_of_scripts_without_spaces_are_found_inside_a_line() -> None:
    document = Document(text="昨日北京和上海下雨。", source="a.txt", language="zh")
    wide = Correction(name="北京", decision=Decision.MISSING, scope=Scope.EVERYWHERE, span=(0, 2))
    assert [
        toponym.span
        for toponym in amend(read_as(document), (), Corrections((wide,)), KNOWN, describe=as_they_are).toponyms
    ] == [(2, 4)]


def test_a_missing_name_without_a_place_leaves_it_to_wider_lines() -> None:
    rows = (row("Old\nMill", "missing", "here"), row("Old Mill", "place", "everywhere", point=(1.0, 2.0)))
    assert told(amended(*rows, toponyms=())) == [("Old Mill", "missing", "said:old-mill@1.00000,2.00000")]
    rows = (rows[0], row("Old Mill", "no-place"))
    assert told(amended(*rows, toponyms=())) == [("Old Mill", "missing", None)]


def test_a_moved_place_is_one_of_its_own() -> None:
    def place_of(**more: Any) -> Place | None:
        return amended(row("Alep", "place", "here", **more)).rulings[(14, 18)].place

    assert place_of(place=ALEP.id, point=(36.20120, 37.16121)) == ALEP
    moved = replace(
        ALEP, id="gn:170063@36.50000,37.00000", source="c.csv", lat=36.5, lon=37.0, geonameid=None, population=0
    )
    assert place_of(place=ALEP.id, point=(36.5, 37.0)) == moved
    # What the exports tell of it can be said again.
    assert place_of(place=moved.id) == place_of(place=moved.id, point=(36.5, 37.0)) == moved
    assert amended(row("Alep", "place", "here", place=moved.id)).rulings[(14, 18)].reason == "decided_point"


def test_a_place_that_only_the_person_knows() -> None:
    def place_of(**more: Any) -> Place | None:
        return amended(row("Alep", "place", "here", **more), toponyms=found("Alep")).rulings[(14, 18)].place

    plain = place_of(point=(1.0, 2.0))
    assert plain is not None
    assert (plain.name, plain.kind, plain.country, plain.source) == ("Alep", Kind.AREA, "", "c.csv")
    told_of = place_of(point=(1.0, 2.0), place="own:alep", label="Old Alep", kind=Kind.QUARTER, country="SY")
    assert told_of is not None
    assert (told_of.id, told_of.name, told_of.kind) == ("said:old-alep@1.00000,2.00000", "Old Alep", Kind.QUARTER)
    cued = (replace(found("Alep")[0], cue="village", cue_kind=Kind.VILLAGE),)
    ruling = amended(row("Alep", "place", "here", point=(1.0, 2.0)), toponyms=cued).rulings[(14, 18)]
    assert ruling.place is not None
    assert ruling.place.kind is Kind.VILLAGE


def test_what_does_not_fit_is_told_with_its_line_and_applied_nowhere() -> None:
    rows = (
        row("Aleb", "no-place", "here"),
        row("Rome", "place", place=ALEP.id),
        row("Hama", "place", place="gn:99999999999999999999"),
        row("hills", "place", place=ALEP.id),
        row("to Hama", "no-place", "here"),
        row("Alep to", "missing", "here"),
        row("Alep", "no-place", "here"),
        row("Old\nMill", "missing", "here", place="gn:5@99,0"),
    )
    result = amended(*rows)
    reasons = (
        "c.csv:2: 'Aleb' does not stand at 0-4 of a.txt; not applied",
        "c.csv:3: 'Rome' does not occur in a.txt; not applied",
        "c.csv:4: no place of the gazetteer has the id 'gn:99999999999999999999', and the line gives no lat, lon; "
        "not applied",
        "c.csv:5: 'hills' is not read as a place name in a.txt; not applied; mark it as missing",
        "c.csv:6: 'to Hama' is read as part of 'Hama' in a.txt; not applied",
        "c.csv:7: a later line speaks of words across 'Alep to'; not applied",
        "c.csv:9: no place of the gazetteer has the id 'gn:5@99,0', and the line gives no lat, lon; the name is added, "
        "its place left to the program",
    )
    assert result.warnings == reasons
    assert told(result) == [
        ("Alep", "no-place", ""), ("Hama", "", None), ("Old Mill", "missing", None), ("Alep", "", None),
    ]  # fmt: skip


def test_rows_beyond_the_text_do_not_fit() -> None:
    (warning,) = amended(row("Alep", "place", "here", place=ALEP.id, span=(10**17, 10**18))).warnings
    assert "does not stand at" in warning


def test_added_names_are_described_and_lost_anchors_taken_off() -> None:
    asked: list[tuple[str, ...]] = []

    def describe(_document: Document, toponyms: tuple[Toponym, ...]) -> tuple[Toponym, ...]:
        asked.append(tuple(toponym.text for toponym in toponyms))
        return tuple(replace(toponym, cue="town") for toponym in toponyms)

    result = amended(row("Old\nMill", "missing", "here"), describe=describe)
    assert asked == [("Alep", "Hama", "Old Mill", "Alep")]
    assert [toponym.cue for toponym in result.toponyms] == ["", "", "town", ""]
    amended(row("Alep", "no-place"), describe=describe)
    assert len(asked) == 1
    first, second, third = found("Alep", "Hama", "Alep")
    anchors = (first.span, second.span)
    between = Relation(type=RelationType.BETWEEN, start=9, end=26, phrase=TEXT[9:26], anchors=anchors)
    names = (replace(first, relation=between), second, third)
    assert amended(row("Hama,", "missing", "here"), toponyms=names).toponyms[0].relation is None
    assert amended(row("Old\nMill", "missing", "here"), toponyms=names).toponyms[0].relation == between


CORRECTION = st.builds(
    lambda start, length, decision, scope, name, point: Correction(
        name=name or TEXT[start : start + length].strip() or "x", decision=decision, scope=scope, document="a.txt",
        span=(start, start + length), place=ALEP.id, point=point,
    ),
    st.integers(0, len(TEXT) + 5), st.integers(1, 12), st.sampled_from(Decision), st.sampled_from(Scope),
    st.sampled_from(["", "", "", "Alep", "Hama", "Rome", "(", "\\"]), st.sampled_from([None, (1.0, 2.0)]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(CORRECTION, max_size=8))
def test_whatever_is_said_names_stay_apart_and_none_is_lost_in_silence(rows: list[Correction]) -> None:
    before = found("Alep", "Hama", "Alep")
    result = amended(*rows)
    ends = 0
    for toponym in result.toponyms:
        assert ends <= toponym.start < toponym.end
        assert NORMAL[toponym.start : toponym.end] == toponym.text == toponym.text.strip()
        ends = toponym.end
    for old in before:
        assert any(new.start < old.end and old.start < new.end for new in result.toponyms)
    assert set(result.rulings) <= {toponym.span for toponym in result.toponyms}
    assert all(warning.startswith(("c.csv:", "corrections:")) for warning in result.warnings)
