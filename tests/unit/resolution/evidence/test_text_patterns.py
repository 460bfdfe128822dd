import pytest
from resolution_samples import toponyms

from mapgen import languages
from mapgen.resolution.evidence.patterns import codes_behind, containers, is_called_state, is_dateline, list_members


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A fire in Paris, Texas, was out.", ("Paris", "Texas"), {0: 1}),
        ("Al-Qaïm, dans l'ouest de l'Irak", ("Al-Qaïm", "Irak"), {0: 1}),
        ("Khan Cheikhoun (Idleb) a été prise", ("Khan Cheikhoun", "Idleb"), {0: 1}),
        ("BOSTON Mass. The ferry", ("BOSTON", "Mass."), {0: 1}),
        ("Boston Massachusetts", ("Boston", "Massachusetts"), {}),
        ("Paris et Londres", ("Paris", "Londres"), {}),
        ("Paris. Londres", ("Paris", "Londres"), {}),
        ("Paris, où le ministre Untel a reçu hier soir les siens à Lyon", ("Paris", "Lyon"), {}),
    ],
)
def test_containment_is_read_from_the_words_between(
    text: str, names: tuple[str, ...], expected: dict[int, int]
) -> None:
    assert containers(text, toponyms(text, *names)) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("d'Alep, de Hama et d'Idleb", ("Alep", "Hama", "Idleb"), [(0, 1, 2)] * 3),
        ("la route Damas/Alep", ("Damas", "Alep"), [(0, 1), (0, 1)]),
        ("from Leeds to York and Hull", ("Leeds", "York", "Hull"), [(0, 1, 2)] * 3),
        ("Alep. Hama", ("Alep", "Hama"), [(0,), (1,)]),
    ],
)
def test_lists_are_read_from_the_words_between(
    text: str, names: tuple[str, ...], expected: list[tuple[int, ...]]
) -> None:
    assert list_members(text, toponyms(text, *names)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DAMAS (AFP) - Rien", True),
        ("Un titre\nDAMAS (AFP) - Rien", True),
        ("Titre\nDAMAS, 3 oct (Reuters) - Rien", True),
        ("Titre\nDAMAS — Rien", True),
        ("Titre\nA DAMAS, rien", False),
        ("Titre\nDAMAS est calme (selon l'armée) ce soir", False),
    ],
)
def test_datelines(text: str, expected: bool) -> None:
    (toponym,) = toponyms(text, "DAMAS")
    assert is_dateline(text, toponym) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("L'État de New York", "New York", True),
        ("the state of Georgia", "Georgia", True),
        ("Washington state growers", "Washington", True),
        ("upstate New York", "New York", True),
        ("Ohio State University", "Ohio", False),
        ("en état de marche à Paris", "Paris", False),
        ("New York", "New York", False),
    ],
)
def test_a_state_is_called_one(text: str, name: str, expected: bool) -> None:
    (toponym,) = toponyms(text, name)
    assert is_called_state(text, toponym) is expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Jaca (Esp) et Pau", ("Jaca", "Esp", "Pau"), {1: True}),
        ("Celaya, Gto., and Leon", ("Celaya", "Gto.", "Leon"), {1: False}),
        ("Lens (Est) et Pau", ("Lens", "Est", "Pau"), {}),
        ("Jaca, Pampelune et Pau", ("Jaca", "Pampelune", "Pau"), {}),
        ("Jaca et Pau", ("Jaca", "Pau"), {}),
    ],
)
def test_codes_stand_right_behind_another_name(text: str, names: tuple[str, ...], expected: dict[int, bool]) -> None:
    assert codes_behind(text, toponyms(text, *names), languages.load("fr")) == expected
