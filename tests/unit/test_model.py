from mapgen.model import Division, Document, Kind, ParsedDocument, Place, Resolution, Sense, Toponym


def place(identity: str, **facts: object) -> Place:
    known = {"source": "test", "name": identity, "kind": Kind.CITY, "country": "SY", "lat": 1.0, "lon": 2.0}
    return Place(**{"id": identity, **known, **facts})  # type: ignore[arg-type]


def toponym(start: int, text: str, where: Place | None) -> Toponym:
    resolution = Resolution(place=where, probability=0.5 if where else 0.0)
    return Toponym(start=start, end=start + len(text), text=text, resolution=resolution)


def test_kinds_and_senses_compare_equal_to_words() -> None:
    assert Kind.CITY == "city"
    assert Sense.METONYMIC == "metonymic"


def test_labels_fall_back_on_the_name() -> None:
    alep = place("Aleppo", labels=(("fr", "Alep"),))
    assert (alep.label("fr"), alep.label("de")) == ("Alep", "Aleppo")
    assert Division(id="x", name="Halab").label("fr") == "Halab"


def test_codes_tell_what_lies_in_what() -> None:
    syria, hama = place("sy", kind=Kind.COUNTRY), place("hama", kind=Kind.REGION, admin1="10")
    district = place("mhardeh", kind=Kind.DISTRICT, admin1="10", admin2="3")
    town, beside = place("a", admin1="10", admin2="3"), place("b", admin1="10", admin2="4")
    unsure, abroad = place("c", admin1="10"), place("d", country="LB", admin1="10", admin2="3")
    assert [town.lies_in(each) for each in (syria, hama, district)] == [True, True, True]
    assert [beside.lies_in(each) for each in (syria, hama, district)] == [True, True, False]
    assert [unsure.lies_in(each) for each in (syria, hama, district)] == [True, True, None]
    assert [abroad.lies_in(each) for each in (syria, hama, district)] == [False, False, False]
    assert [each.lies_in(each) for each in (syria, hama, district)] == [False, False, False]
    assert town.lies_in(place("e", admin1="10")) is None
    assert place("f", country="").lies_in(hama) is None


def test_a_place_with_the_point_of_the_division_above_says_so() -> None:
    assert place("a", radius_km=80.0).inherited
    assert not place("a").inherited


def test_places_are_gathered_in_the_order_of_their_first_mention() -> None:
    one, two = place("one"), place("two")
    toponyms = (toponym(0, "b", two), toponym(5, "a", one), toponym(9, "b", two), toponym(12, "c", None))
    parsed = ParsedDocument(document=Document(text="…"), toponyms=toponyms)
    assert [(where.id, [t.start for t in found]) for where, found in parsed.places] == [("two", [0, 9]), ("one", [5])]
    assert [t.text for t in parsed.unplaced] == ["c"]


def test_a_toponym_without_a_place_has_the_kind_of_its_cue() -> None:
    unknown = Toponym(start=0, end=1, text="X", cue="collines", cue_kind=Kind.TERRAIN)
    assert (unknown.kind, unknown.place, unknown.span) == ("terrain", None, (0, 1))
