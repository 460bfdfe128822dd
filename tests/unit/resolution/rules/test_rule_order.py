from rule_samples import GOMA, HAMA, known, put, setting, unknown

from mapgen.model import Kind, Resolution
from mapgen.resolution.rules import apply_rules
from mapgen.resolution.rules.draft import Draft
from mapgen.resolution.rules.ordered import RULES


def test_every_rule_is_documented() -> None:
    assert all(rule.__doc__ for rule in RULES)  # type: ignore[attr-defined]


def test_rules_are_applied_in_their_order() -> None:
    text = "Hama burned."
    names: list[str] = []

    def first(draft: Draft) -> None:
        names.append("first")
        draft.set_resolution(0, Resolution(place=GOMA, probability=0.1))

    def second(draft: Draft) -> None:
        place = draft.toponyms[0].place
        names.append(place.name if place else "")

    placed = put(text, known(text, HAMA), rules=(first, second))
    assert names == ["first", "Goma"]
    assert placed[0].place == GOMA


def test_without_rules_the_ranking_stands() -> None:
    text = "Hama burned."
    toponyms = (known(text, HAMA),)
    assert apply_rules(setting(text, toponyms), toponyms, ()) == toponyms


def test_a_name_that_has_been_placed_is_not_placed_again() -> None:
    text = "Xyz burned."
    toponyms = [unknown(text)]
    draft = Draft(setting(text, toponyms), toponyms)
    assert draft.open_positions() == [0]
    draft.set_places({"xyz": Resolution(place=HAMA, probability=0.5)})
    draft.set_places({"xyz": Resolution(place=GOMA, probability=0.5)})
    assert draft.open_positions() == []
    assert draft.toponyms[0].place == HAMA


def test_estimates_do_not_start_from_estimates() -> None:
    text = "Hama burned. The hills of Xyz burned. The hills of Abc burned."
    cued = {"cue": "hills", "cue_kind": Kind.TERRAIN}
    placed = put(text, known(text, HAMA), unknown(text, **cued), unknown(text, "Abc", **cued))
    assert [
        "“" not in each.resolution.reasons[-1] and "Hama" in each.resolution.reasons[-1]
        for each in placed[1:]
        if each.resolution
    ] == [True, True]
