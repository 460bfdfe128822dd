import pytest

from mapgen.resolution.features import (
    COLUMN,
    NAMES,
    SCHEMA,
    Group,
    Sign,
    Sort,
    block,
    column_slice,
    pooled_slice,
)
from mapgen.resolution.features import _slice as slice_of


def test_names_are_unique_and_in_the_order_of_their_columns() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(SCHEMA)
    assert [COLUMN[each.name] for each in SCHEMA] == list(range(len(SCHEMA)))


def test_the_groups_share_out_all_columns() -> None:
    columns = [column for group in Group for column in range(*column_slice(group).indices(len(SCHEMA)))]
    assert sorted(columns) == list(range(len(SCHEMA)))
    for group in Group:
        assert {NAMES[column_slice(group)][column]: column for column in block(group).values()} == block(group)


def test_each_pooled_feature_has_a_mean_in_the_same_order() -> None:
    sources, means = SCHEMA[pooled_slice()], SCHEMA[column_slice(Group.POOLED)]
    assert [f"elsewhere_{each.name}" for each in sources] == [each.name for each in means]
    assert [each.from_shares for each in sources] == [each.from_shares for each in means]
    assert not any(each.pooled for each in means)


def test_what_is_computed_from_other_names_needs_their_shares() -> None:
    by_group = {group: {each.from_shares for each in SCHEMA if each.group is group} for group in Group}
    assert by_group[Group.COHERENCE] == by_group[Group.PAIR] == by_group[Group.PHRASE] == {True}
    assert by_group[Group.NAME] == by_group[Group.MENTION] == by_group[Group.SIGN] == {False}


def test_sign_features_are_numbered_by_sign_and_sort() -> None:
    signs = block(Group.SIGN)
    assert signs["flow_water"] == Sign.FLOW * len(Sort) + Sort.WATER
    assert len(signs) == len(Sign) * len(Sort)


def test_columns_apart_have_no_slice() -> None:
    with pytest.raises(ValueError, match="side by side"):
        slice_of([1, 3])
