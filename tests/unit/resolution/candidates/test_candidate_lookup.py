from collections.abc import Iterable, Sequence
from typing import Any

from resolution_samples import place

from mapgen import languages
from mapgen.caches import Caches
from mapgen.gazetteer import Match
from mapgen.model import Kind, MatchType, Place
from mapgen.resolution.candidates import Candidates, online_candidates

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")


class Names:
    """A gazetteer of a few names that counts its look-ups."""

    def __init__(self, **names: Place) -> None:
        self._names = {name.replace("_", " "): each for name, each in names.items()}
        self.asked: list[tuple[str, MatchType]] = []
        self.caches = Caches()

    def lookup(self, name: str, *, strength: MatchType = MatchType.TRANSLITERATED) -> tuple[Match, ...]:
        self.asked.append((name, strength))
        found = self._names.get(name)
        return (Match(place=found, type=MatchType.EXACT, name=name),) if found else ()

    def near(self, name: str) -> tuple[Match, ...]:
        self.asked.append((name, MatchType.NEAR))
        return ()

    def country(self, code: str) -> Place | None:
        return place("Syria", "SY", kind=Kind.COUNTRY, id="iso:SY") if code == "SY" else None

    def get(self, _id: str) -> Place | None:
        return None


def lookup(gazetteer: Any) -> Candidates:
    return Candidates(gazetteer)


def ids(found: Any) -> list[str]:
    return [match.place.name for match in found.matches]


def test_a_name_is_looked_up_once_per_question() -> None:
    names = Names(Lyon=place("Lyon"))
    looked_up = lookup(names)
    assert looked_up.of("Lyon", FRENCH) is looked_up.of("Lyon", FRENCH)
    assert looked_up.of("Lyon", ENGLISH) is not looked_up.of("Lyon", FRENCH)
    assert len(names.asked) == 2


def test_the_cache_belongs_to_the_owner_of_all_caches() -> None:
    names = Names(Lyon=place("Lyon"))
    lookup(names).of("Lyon", FRENCH)
    caches = names.caches
    assert caches.figures()["resolution.candidates"].entries == 1
    assert 1_000 < caches.figures()["resolution.candidates"].bytes < 10_000


def test_a_kind_adds_the_full_names_of_that_kind() -> None:
    county = place("Barrow County", "US", kind=Kind.DISTRICT)
    names = Names(Barrow=place("Barrow", "GB"), Barrow_County=county, Barrow_Parish=place("Barrow Parish", "JM"))
    assert ids(lookup(names).of("Barrow", ENGLISH, kind=Kind.DISTRICT)) == ["Barrow", "Barrow County"]
    assert ids(lookup(names).of("Barrow Co.", ENGLISH, kind=Kind.DISTRICT)) == ["Barrow County"]
    assert ids(lookup(names).of("Barrow", ENGLISH)) == ["Barrow"]


def test_the_noun_in_front_of_a_name_adds_relief_waters_and_parks_only() -> None:
    park = place("Salonga National Park", "CD", kind=Kind.TERRAIN)
    names = Names(Salonga=place("Salonga", "PH"), parc_de_la_Salonga=park)
    found = lookup(names).of("Salonga", FRENCH, with_cue="parc de la Salonga")
    assert ids(found) == ["Salonga", "Salonga National Park"]
    assert ids(lookup(names).of("Salonga", FRENCH)) == ["Salonga"]
    names = Names(Salonga=place("Salonga", "PH"), parc_de_la_Salonga=place("Le Parc", kind=Kind.CITY))
    assert ids(lookup(names).of("Salonga", FRENCH, with_cue="parc de la Salonga")) == ["Salonga"]


def test_a_contracted_article_adds_towns_only() -> None:
    names = Names(Mans=place("Mans", "IR"), le_Mans=place("Le Mans"))
    assert ids(lookup(names).of("Mans", FRENCH, with_article="le Mans")) == ["Mans", "Le Mans"]
    names = Names(Mans=place("Mans", "IR"), le_Mans=place("Le Mans", kind=Kind.WATER))
    assert ids(lookup(names).of("Mans", FRENCH, with_article="le Mans")) == ["Mans"]


def test_a_people_has_the_home_of_the_people_as_a_candidate() -> None:
    found = lookup(Names()).of("syrien", FRENCH)
    assert ids(found) == ["Syria"]
    assert found.demonyms == (0,)


def test_near_spellings_are_looked_up_only_where_there_is_nothing_else() -> None:
    names = Names(Lyon=place("Lyon"))
    lookup(names).of("Lyon", FRENCH)
    assert MatchType.NEAR not in [strength for _, strength in names.asked]
    assert len(lookup(names).of("Lyom", FRENCH)) == 0
    assert names.asked[-1] == ("Lyom", MatchType.NEAR)


def test_an_online_source_is_asked_once_per_name() -> None:
    class Source:
        def __init__(self) -> None:
            self.asked: list[tuple[str, str, str]] = []

        def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
            self.asked.append((name, country, language))
            return (place(name, country),) if name == "Xyz" else ()

    source = Source()
    found = online_candidates(source, ["Xyz", "Abc", "Xyz"], country="SY", language=FRENCH)
    assert source.asked == [("Xyz", "SY", "fr"), ("Abc", "SY", "fr")]
    assert {name: ids(each) for name, each in found.items()} == {"Xyz": ["Xyz"]}


def test_a_country_that_only_sounds_like_the_name_is_no_candidate() -> None:
    class Loose(Names):
        def lookup(self, name: str, *, strength: MatchType = MatchType.TRANSLITERATED) -> tuple[Match, ...]:
            return tuple(
                Match(place=each.place, type=MatchType.TRANSLITERATED, name=each.place.name)
                for each in super().lookup(name, strength=strength)
            )

    syria = place("Syria", "SY", kind=Kind.COUNTRY, id="iso:SY")
    village = place("Surya", "NP")
    gazetteer = Loose(Seury=syria, Seurya=village, Syrian=syria)
    assert ids(lookup(gazetteer).of("Seury", ENGLISH)) == []
    assert ids(lookup(gazetteer).of("Seurya", ENGLISH)) == ["Surya"]
    assert ids(lookup(gazetteer).of("Syrian", ENGLISH)) == ["Syria"]


def answering(**answers: Sequence[Match]) -> Any:
    """A gazetteer with these answers."""

    class Answers(Names):
        def lookup(self, name: str, *, strength: MatchType = MatchType.TRANSLITERATED) -> tuple[Match, ...]:  # noqa: ARG002
            return tuple(answers.get(name, ()))

        def near(self, name: str) -> tuple[Match, ...]:
            return tuple(answers.get(f"near_{name}", ()))

        def holders(self, name: str, code: str, *, countries: bool = True) -> tuple[Place, ...]:
            return (
                (place("Spain", "ES", kind=Kind.COUNTRY),) if (name, code, countries) == ("Jaca", "Esp", True) else ()
            )

        def leading_countries(self, names: Iterable[str]) -> dict[str, str]:
            return {name: {"Lima": "PE", "Cusco": "PE", "Quito": "EC"}[name] for name in names if name != "Tarma"}

    return Answers()


def match(name: str, country: str, type_: MatchType = MatchType.EXACT, *, pack: bool = False, **facts: Any) -> Match:
    return Match(place(name, country, id=f"{name}-{country}-{pack}-{type_}", **facts), type_, name, pack)


def test_a_hamlet_of_a_pack_counts_where_its_country_is_spoken_of() -> None:
    names = answering(Tarma=[match("Tarma", "PE"), match("Tarma", "TD", pack=True)])
    looked_up = lookup(names)
    in_chad = [each.place.country for each in looked_up.of("Tarma", FRENCH, countries=frozenset({"TD"})).matches]
    elsewhere = [each.place.country for each in looked_up.of("Tarma", FRENCH, countries=frozenset({"FR"})).matches]
    anywhere = [each.place.country for each in looked_up.of("Tarma", FRENCH).matches]
    assert (in_chad, elsewhere, anywhere) == (["PE", "TD"], ["PE"], ["PE", "TD"])


def test_a_name_that_only_packs_know_keeps_its_places_as_written() -> None:
    names = answering(
        Tarma=[match("Tarma", "TD", pack=True), match("Derma", "IR", MatchType.TRANSLITERATED, pack=True)]
    )
    found = lookup(names).of("Tarma", FRENCH, countries=frozenset({"FR"}))
    assert [each.place.country for each in found.matches] == ["TD"]


def test_a_name_that_only_sounds_alike_needs_its_country_in_the_text() -> None:
    names = answering(Tarma=[match("Derma", "IR", MatchType.TRANSLITERATED)])
    assert len(lookup(names).of("Tarma", FRENCH, countries=frozenset({"PE"}))) == 0
    assert len(lookup(names).of("Tarma", FRENCH, countries=frozenset({"IR"}))) == 1


def test_a_name_cut_by_a_hyphen_is_no_other_name() -> None:
    names = answering(**{"Tar-ma": [match("Tarma", "PE", MatchType.TRANSLITERATED)]})
    assert len(lookup(names).of("Tar-ma", FRENCH, countries=frozenset({"FR"}))) == 1


def test_beside_a_large_city_no_hamlet_only_sounds_alike() -> None:
    names = answering(
        Tarma=[match("Tarma", "PE", population=200_000), match("Derma", "TD", MatchType.TRANSLITERATED, pack=True)]
    )
    found = lookup(names).of("Tarma", FRENCH, countries=frozenset({"TD"}))
    assert [each.place.country for each in found.matches] == ["PE"]


def test_hamlets_of_packs_are_near_no_name() -> None:
    names = answering(near_Tarmo=[match("Tarma", "PE", MatchType.NEAR, pack=True, name_count=2)])
    assert len(lookup(names).of("Tarmo", FRENCH)) == 0


def test_a_hamlet_of_a_pack_stands_behind_a_known_place_of_its_country() -> None:
    hamlet, town, abroad = match("Tarma", "PE", pack=True), match("Tarma", "PE"), match("Tarma", "TD", pack=True)
    found = lookup(answering(Tarma=[town, hamlet, abroad])).of("Tarma", FRENCH)
    assert found.prior[0] == found.prior[2] == 0.0 > found.prior[1]


def test_the_surroundings_of_a_name_are_what_others_show() -> None:
    looked_up = lookup(answering())
    assert looked_up.countries_spoken_of(["Tarma"], ()) == {"Tarma": None}
    assert looked_up.countries_spoken_of(["Lima", "Quito", "Tarma"], ()) == {
        "Lima": frozenset({"EC"}),
        "Quito": frozenset({"PE"}),
        "Tarma": frozenset({"EC", "PE"}),
    }
    assert looked_up.countries_spoken_of(["Lima", "Cusco"], ["FR"])["Lima"] == {"PE", "FR"}


def test_a_code_is_asked_with_the_town_before_it() -> None:
    looked_up = lookup(answering())
    assert ids(looked_up.of_code("Esp", FRENCH, "Jaca", countries=True)) == ["Spain"]
    assert ids(looked_up.of_code("Esp", FRENCH, "Jaca", countries=False)) == []
