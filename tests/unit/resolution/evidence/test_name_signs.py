import numpy as np
import pytest

from mapgen.languages import load
from mapgen.model import Kind, Toponym
from mapgen.resolution.evidence.signs import name_with_article, name_with_cue, sign_features, signed_kind, signs
from mapgen.resolution.features import COLUMN, SCHEMA, Group, Sign, Sort, block

SCALE = SCHEMA[COLUMN["flow_water"]].scale


def signs_of(text: str, name: str, language: str = "fr", **said: object) -> set[str]:
    start = text.index(name)
    toponym = Toponym(start=start, end=start + len(name), text=name, **said)  # type: ignore[arg-type]
    return {sign.name.lower() for sign in signs(text, toponym, load(language))}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("La crue à Vienne", "Vienne", {"at"}),
        ("le maire de Vienne", "Vienne", {"of"}),
        ("Tandis qu'en Isère", "Isère", {"within"}),
        ("Pluies dans l’Oise", "Oise", {"within"}),
        ("dans le Rhône", "Rhône", {"within"}),
        ("L'Oudon a inondé le centre", "Oudon", {"the", "flow"}),
        ("la Romanche, en crue, est élevée", "Romanche", {"the", "flow"}),
        ("les berges de la Charente", "Charente", {"of_the", "flow"}),
        ("la Saône est sortie de son lit", "Saône", {"the", "flow"}),
        ("un pont sur la Loire", "Loire", {"on_the", "flow"}),
        ("il se jette dans la Garonne", "Garonne", {"within", "flow"}),
        ("la préfecture de l'Eure", "Eure", {"of_the", "ruled"}),
        ("l'Ain (01), le Rhône (69)", "Ain", {"the", "code"}),
        ("un docker du Havre", "Havre", {"of_the"}),
        ("la gare, au Mans", "Mans", {"at_the"}),
        ("Paris brûle", "Paris", set()),
        ("dans la Marne, où l'Aube déborde", "Marne", {"within"}),
    ],
)
def test_french_signs(text: str, name: str, expected: set[str]) -> None:
    assert signs_of(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Pilgrims waded into the Jordan", "Jordan", {"within"}),
        ("the Mississippi crested on Tuesday", "Mississippi", {"the", "flow"}),
        ("the governor of Mississippi", "Mississippi", set()),
        ("schools in Jordan", "Jordan", set()),
        ("levees along the Missouri", "Missouri", {"on_the", "flow"}),
        ("on the banks of the Niger", "Niger", {"of_the", "flow"}),
    ],
)
def test_english_signs(text: str, name: str, expected: set[str]) -> None:
    assert signs_of(text, name, "en") == expected


def test_a_commune_of_a_department_is_a_part_of_it() -> None:
    assert "member" in signs_of("une commune de l'Oise", "Oise", cue="commune", cue_kind=Kind.CITY)
    assert "member" not in signs_of("la commune de Creil", "Creil", cue="commune", cue_kind=Kind.CITY)


def test_languages_without_such_words_have_no_signs() -> None:
    toponym = Toponym(start=4, end=8, text="Main")
    assert signs("Der Main", toponym, load("de")) == ()


def test_each_sign_is_a_feature_of_each_sort() -> None:
    columns = block(Group.SIGN)
    assert sign_features(np.zeros(0, dtype=np.int64), [(Sign.AT,)], np.array([0, 0])).shape == (0, len(columns))
    rows = sign_features(np.array([Sort.WATER, Sort.AREA]), [(), (Sign.FLOW, Sign.THE)], np.array([0, 0, 2]))
    assert {name: rows[0, column] for name, column in columns.items() if rows[0, column]} == {
        "flow_water": SCALE,
        "the_water": SCALE,
    }
    assert {name for name, column in columns.items() if rows[1, column]} == {"flow_area", "the_area"}


def test_some_signs_give_the_kind_of_an_unknown_name() -> None:
    assert signed_kind((Sign.THE, Sign.FLOW)) is Kind.WATER
    assert signed_kind((Sign.CODE,)) is Kind.DISTRICT
    assert signed_kind((Sign.THE,)) is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [("un docker du Havre", "Havre", "le Havre"), ("aux Mureaux", "Mureaux", "les Mureaux"), ("à Lyon", "Lyon", "")],
)
def test_a_contracted_article_belongs_to_the_name(text: str, name: str, expected: str) -> None:
    start = text.index(name)
    assert name_with_article(text, Toponym(start=start, end=start + len(name), text=name), load("fr")) == expected


@pytest.mark.parametrize(("cue", "kind", "expected"), [("gare", Kind.FACILITY, "le Havre"), ("lac", Kind.WATER, "")])
def test_a_site_is_named_after_a_town_with_its_article(cue: str, kind: Kind, expected: str) -> None:
    toponym = Toponym(start=len(cue) + 4, end=len(cue) + 9, text="Havre", cue=cue, cue_kind=kind)
    assert name_with_article(f"{cue} du Havre", toponym, load("fr")) == expected


@pytest.mark.parametrize(
    ("text", "name", "cue", "kind", "expected"),
    [
        (
            "le parc national de la Salonga est fermé",
            "Salonga",
            "parc national",
            Kind.FACILITY,
            "parc national de la Salonga",
        ),
        ("la dune du Pilat", "Pilat", "dune", Kind.TERRAIN, "dune du Pilat"),
        ("le lac d’Annecy", "Annecy", "lac", Kind.WATER, "lac d’Annecy"),
        ("the valley of the Loire", "Loire", "valley", Kind.TERRAIN, "valley of the Loire"),
        ("la dune, près d'Arcachon", "Arcachon", "dune", Kind.TERRAIN, ""),
        ("la province de Namur", "Namur", "province", Kind.REGION, ""),
        ("the Salonga park", "Salonga", "park", Kind.FACILITY, ""),
        ("Salonga", "Salonga", "", None, ""),
    ],
)
def test_the_noun_in_front_of_a_name_of_nature_is_part_of_it(
    text: str, name: str, cue: str, kind: Kind | None, expected: str
) -> None:
    start = text.index(name)
    toponym = Toponym(start=start, end=start + len(name), text=name, cue=cue, cue_kind=kind)
    assert name_with_cue(text, toponym) == expected
