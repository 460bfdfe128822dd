"""Whatever the schema does not name is refused, with the file, the table and the key in the message."""

import dataclasses

import pytest

from mapgen.errors import MapgenError
from mapgen.languages import parse
from mapgen.languages._schema import LanguageFile, Words
from mapgen.model import Kind

HEAD = 'code = "zz"\nname = "Zed"\n'
TABLES = [each.name for each in dataclasses.fields(LanguageFile) if each.type not in ("str", "bool")]
CLOSED = ["cues", "behind_cues", "after_cues", "generics", "families", "topics", "directions", "signs", "demonyms"]
"""Tables whose keys are a closed set."""


def problem(text, **more):
    with pytest.raises(MapgenError) as caught:
        parse({"zz.toml": HEAD + text}, **more)
    assert str(caught.value).startswith("zz.toml: ")
    return caught.value.message


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelt_table_is_refused(table):
    message = problem(f'[{table[:-1]}x{table[-1]}]\nkey = "word"\n')
    assert f"key '{table[:-1]}x{table[-1]}': it is unknown" in message
    assert repr(table) in message


@pytest.mark.parametrize("table", ["words", *CLOSED])
def test_a_misspelt_key_is_refused(table):
    assert f"table [{table}], key 'misspelt'" in problem(f'[{table}]\nmisspelt = "word"\n')


def test_a_similar_key_is_named():
    assert "did you mean 'articles'?" in problem('[words]\nartcles = "le"\n')
    assert "did you mean 'building'?" in problem('[families]\nbulding = "ferme"\n')


def test_a_misspelt_key_of_a_kind_or_relation_is_refused():
    assert "table [kinds.city], key 'plurals'" in problem('[kinds.city]\nsingular = "a"\nplural = "b"\nplurals = "c"\n')
    assert "table [kinds], key 'town'" in problem('[kinds.town]\nsingular = "a"\nplural = "b"\n')
    assert "table [kinds.city], key 'plural': it is missing" in problem('[kinds.city]\nsingular = "a"\n')
    assert "table [relations], key 'patern'" in problem('[[relations]]\ntype = "near"\npatern = ["a {name}"]\n')
    assert "key 'type'" in problem('[[relations]]\ntype = "nearby"\npatterns = ["a {name}"]\n')


@pytest.mark.parametrize("each", [each.name for each in dataclasses.fields(Words)])
def test_a_list_of_words_is_a_string_with_one_word_a_line(each):
    assert f"table [words], key '{each}'" in problem(f'[words]\n{each} = ["le", "la"]\n')
    assert "one word a line" in problem(f'[words]\n{each} = "le, la"\n')


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[units]\nkm = "1"\n', "table [units], key 'km'"),
        ("[spellings]\nA = 1\n", "table [spellings], key 'A'"),
        ('cased = "yes"\n', "key 'cased'"),
        ("plural = 1\n", "key 'plural'"),
        ('words = "le"\n', "key 'words'"),
        ('relations = "near"\n', "key 'relations'"),
        ('[demonyms]\nSYR = "syrien"\n', "table [demonyms], key 'SYR'"),
        ('[[relations]]\ntype = "near"\npatterns = ["a"]\ndistance_km = "far"\n', "key 'distance_km'"),
    ],
)
def test_a_wrong_type_is_refused(text, named):
    assert named in problem(text)


def test_the_keys_of_the_page_are_those_of_the_reference():
    reference = {"page": frozenset(["close", "open"])}
    good = parse({"zz.toml": HEAD, "zz.page.toml": '[page]\nclose = "a"\nopen = "b"\n'}, reference=reference)
    assert good.page == {"close": "a", "open": "b"}
    assert "table [page], key 'clse': it is unknown" in problem('[page]\nclse = "a"\nopen = "b"\n', reference=reference)
    assert "table [page], key 'open': it is missing" in problem('[page]\nclose = "a"\n', reference=reference)


def test_a_language_has_a_code_and_a_name_and_is_toml():
    for text in ("", 'code = "zz"\n', 'name = "Zed"\n', "code = \n"):
        with pytest.raises(MapgenError, match=r"^zz.toml: "):
            parse({"zz.toml": text})


def test_what_is_in_the_schema_is_read():
    lists = {each.name: f"{each.name}-word" for each in dataclasses.fields(Words)}
    text = HEAD + "[words]\n" + "".join(f"{key} = '''\n{word}\nother\n'''\n" for key, word in lists.items())
    language = parse({"zz.toml": text + '[cues]\ncity = "ville/villes"\n'})
    assert {key: getattr(language, key) for key in lists} == {key: {word, "other"} for key, word in lists.items()}
    assert language.cues == {"ville": Kind.CITY, "villes": Kind.CITY}
    assert language.plural_cues == {"villes"}
