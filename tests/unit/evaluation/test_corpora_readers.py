import gzip
import json
from pathlib import Path

import pytest

from mapgen.errors import DocumentError, OptionError
from mapgen.evaluation.corpora import FORMATS, digest, read_corpus
from mapgen.evaluation.corpora.corpus_files import language_of
from mapgen.evaluation.gold import GoldDocument
from mapgen.model import Kind, Sense

ALEPPO = {"start": 0, "end": 4, "name": "Alep", "lat": 36.2, "lon": 37.16, "geonameid": 170063, "fcode": "PPLA"}


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8"))
    return path


def only(path: Path, form: str = "auto") -> GoldDocument:
    (gold,) = read_corpus(path, form=form)
    return gold


def names(gold: GoldDocument) -> list[str]:
    return [gold.document.text[name.start : name.end] for name in gold.names]


def jsonl(path: Path, *objects: object) -> Path:
    return write(path, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects))


class TestJsonLines:
    def test_entities(self, tmp_path: Path) -> None:
        text = "Écrit à Alep par Jean Alep."
        line = {"text": text, "entities": [[17, 26, "PER"], [8, 12, "loc"], [0, 5, "Misc"]]}
        gold = only(jsonl(tmp_path / "news-fr.test.jsonl", line))
        assert names(gold) == ["Alep"]
        assert [(other.start, other.label) for other in gold.others] == [(17, "PER"), (0, "MISC")]
        assert gold.document.language == "fr"
        assert gold.places == {}

    def test_toponyms(self, tmp_path: Path) -> None:
        line = {"id": 7, "lang": "en", "title": "T", "text": "Alep and Moscow", "toponyms": [ALEPPO]}
        line["toponyms"].append({"start": 9, "end": 15, "kind": "city", "sense": "metonymic", "lat": None, "lon": None})
        gold = only(jsonl(tmp_path / "x.jsonl", line))
        first, second = gold.names
        assert (gold.id, gold.document.title, gold.document.language) == ("7", "T", "en")
        assert (first.kind, first.place and first.place.geonameid, second.place) == (Kind.CITY, 170063, None)
        assert (first.sense, second.sense, second.kind) == (None, Sense.METONYMIC, Kind.CITY)
        assert list(gold.places) == [(0, 4)]

    @pytest.mark.parametrize(("wikidata", "geonameid"), [("Q46", 6255148), ("Q64", None), (None, None)])
    def test_continents_are_known_by_their_wikidata_ids(
        self, tmp_path: Path, wikidata: str | None, geonameid: int | None
    ) -> None:
        mark = {"start": 0, "end": 6, "lat": 55.9, "lon": 39.6, "geonameid": None, "qid": wikidata}
        (name,) = only(jsonl(tmp_path / "x.jsonl", {"text": "Europe waits.", "toponyms": [mark]})).names
        assert name.place is not None
        assert name.place.geonameid == geonameid

    def test_both_lists_tell_which_names_are_nested(self, tmp_path: Path) -> None:
        text = "Alep et l'université d'Alep"
        nested = {"start": 23, "end": 27, "name": "Alep", "kind": "nested", "lat": 36.2, "lon": 37.16}
        line = {"text": text, "entities": [[0, 4, "LOC"], [10, 27, "ORG"]], "toponyms": [ALEPPO, nested]}
        gold = only(jsonl(tmp_path / "x.jsonl", line))
        assert [name.nested for name in gold.names] == [False, True]
        assert [name.span for name in gold.asked] == [(0, 4)]
        assert len(gold.places) == 2

    def test_of_overlapping_names_the_longer_one_stands(self, tmp_path: Path) -> None:
        gold = only(jsonl(tmp_path / "x.jsonl", {"text": "New York City", "entities": [[4, 8, "LOC"], [0, 13, "LOC"]]}))
        assert names(gold) == ["New York City"]

    @pytest.mark.parametrize(
        ("label", "kind"),
        [
            ({"type": "loc.adm.nat"}, Kind.COUNTRY),
            ({"type": "loc.phys.hydro"}, Kind.WATER),
            ({"fcode": "ADM1"}, Kind.REGION),
            ({"fcode": "PPL"}, Kind.VILLAGE),
            ({"fcode": "STM"}, Kind.WATER),
            ({"coord_src": "ne50_countries"}, Kind.COUNTRY),
            ({"kind": "literal"}, None),
        ],
    )
    def test_kinds(self, tmp_path: Path, label: dict[str, str], kind: Kind | None) -> None:
        toponym = {"start": 0, "end": 4, **label}
        gold = only(jsonl(tmp_path / "x.jsonl", {"text": "Alep", "toponyms": [toponym]}))
        assert gold.names[0].kind is kind

    def test_gzip(self, tmp_path: Path) -> None:
        path = tmp_path / "x.jsonl.gz"
        path.write_bytes(gzip.compress(json.dumps({"text": "Alep", "toponyms": [ALEPPO]}).encode()))
        assert names(only(path)) == ["Alep"]

    @pytest.mark.parametrize(
        ("bad", "problem"),
        [
            ('{"text": "Alep"', "delimiter"),
            ('{"entities": []}', "'text'"),
            ('{"text": "Alep"}', "neither entities nor toponyms"),
            ('{"text": 3, "entities": []}', "text is no string"),
            ('{"text": "Alep", "entities": [[0, 9, "LOC"]]}', "(0, 9) is not in the text"),
            ('{"text": "Alep", "entities": [[2, 2, "LOC"]]}', "(2, 2)"),
            ('{"text": "Alep", "toponyms": [{"start": 0, "end": 4, "name": "Hama"}]}', "'Hama'"),
            ('{"text": "Alep", "toponyms": [{"start": 0, "end": 4, "lat": 136.2, "lon": 3}]}', "not in the world"),
            ('{"text": "Alep", "toponyms": [{"start": 0, "end": 4, "sense": "odd"}]}', "odd"),
            ("[1]", "no document"),
        ],
    )
    def test_an_error_names_file_and_line(self, tmp_path: Path, bad: str, problem: str) -> None:
        path = write(tmp_path / "x.jsonl", '{"text": "Alep", "entities": []}\n\n' + bad + "\n")
        with pytest.raises(DocumentError) as caught:
            list(read_corpus(path))
        assert (caught.value.path, caught.value.line) == (path, 3)
        assert problem in str(caught.value)

    def test_damaged_files(self, tmp_path: Path) -> None:
        cut = tmp_path / "cut.jsonl.gz"
        cut.write_bytes(gzip.compress(b'{"text": "Alep", "entities": []}' * 50)[:-12])
        latin = tmp_path / "latin.jsonl"
        latin.write_bytes('{"text": "A", "entities": []}\n{"text": "é", "entities": []}'.encode("latin-1"))
        for path, line in ((cut, None), (latin, 2)):
            with pytest.raises(DocumentError) as caught:
                list(read_corpus(path, form="jsonl"))
            assert caught.value.path == path
            assert line in (None, caught.value.line)


class TestMarked:
    TEXT = (
        "# topic: flood, split: heldout\n[[Moscou|city|m]] aide [[Hama]].\n\n"
        "# topic: sea, split: train\nL'[[Elbe|water]].\n"
    )

    def test_names_kinds_senses(self, tmp_path: Path) -> None:
        path = write(tmp_path / "fr.txt", self.TEXT)
        first, second = read_corpus(path)
        assert first.document.text == "Moscou aide Hama."
        assert [(name.kind, name.sense) for name in first.names] == [
            (Kind.CITY, Sense.METONYMIC),
            (None, Sense.LITERAL),
        ]
        assert (first.split, second.split, second.document.language) == ("heldout", "train", "fr")

    def test_parts(self, tmp_path: Path) -> None:
        path = write(tmp_path / "fr.txt", self.TEXT)
        (gold,) = read_corpus(path, split="train")
        assert names(gold) == ["Elbe"]
        with pytest.raises(DocumentError, match="no documents of the part 'test'"):
            list(read_corpus(path, split="test"))

    def test_an_unsound_mark(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match=r"fr\.txt:2"):
            list(read_corpus(write(tmp_path / "fr.txt", "[[Hama]]\n[[Hama|moon]]\n")))


class TestBrat:
    TEXT = "Moscou bombarde Alep,\r\npuis Khan\nCheikhoun. 🛩 Damas"

    def folder(self, tmp_path: Path, annotations: str) -> Path:
        write(tmp_path / "one.txt", self.TEXT)
        return write(tmp_path / "one.ann", annotations)

    def test_names(self, tmp_path: Path) -> None:
        path = self.folder(
            tmp_path,
            "T1\tGPE 0 6\tMoscou\nA1\tSense T1 metonymic\n"
            "T2\tcity 16 20\tAlep\nN1\tReference T2 GeoNames:170063\tAleppo\n#1\tAnnotatorNotes T2\t36.20,37.16\n"
            "T3\tLocation 28 42\tKhan Cheikhoun\nT4\tPerson 23 27\tpuis\nT5\tLOC 46 51\tDamas\n"
            "R1\tNear Arg1:T2 Arg2:T3\n*\tEquiv T1 T2\n",
        )
        gold = only(path)
        assert names(gold) == ["Moscou", "Alep", "Khan\nCheikhoun", "Damas"]
        assert gold.names[0].sense is Sense.METONYMIC
        assert gold.names[1].kind is Kind.CITY
        assert gold.places[16, 20].geonameid == 170063
        assert [other.label for other in gold.others] == ["PER"]
        assert names(only(tmp_path / "one.txt")) == names(gold)

    def test_a_name_in_pieces(self, tmp_path: Path) -> None:
        gold = only(self.folder(tmp_path, "T1\tLOC 28 32;33 42\tKhan Cheikhoun\n"))
        assert names(gold) == ["Khan\nCheikhoun"]

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("T1 LOC 0 6 Moscou", "label with offsets"),
            ("T1\tLOC 0 600\tMoscou", "not in the text"),
            ("T1\tLOC 1 7\tMoscou", "'oscou '"),
            ("T1\tLOC 0 6\tMoscou\nN1\tReference T1 GeoNames:x\t", "invalid literal"),
            ("T1\tLOC 0 6\tMoscou\n#1\tAnnotatorNotes T1\t136.0,3.0", "not in the world"),
            ("?", "unknown line"),
        ],
    )
    def test_unsound_lines(self, tmp_path: Path, line: str, problem: str) -> None:
        path = self.folder(tmp_path, line + "\n")
        with pytest.raises(DocumentError) as caught:
            list(read_corpus(path))
        assert problem in str(caught.value)
        assert (caught.value.path, caught.value.line) == (path, line.count("\n") + 1)

    def test_a_missing_text(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match=r"one\.txt"):
            list(read_corpus(write(tmp_path / "one.ann", "T1\tLOC 0 6\tMoscou\n")))


class TestConll:
    IOB1 = (
        "-DOCSTART- -X- -X- O\n\nMoscow NNP I-NP I-LOC\n, , O O\nNew NNP I-NP I-LOC\nYork NNP I-NP I-LOC\n\n"
        "Paris NNP I-NP I-LOC\nReuters NNP I-NP I-ORG\n"
    )

    def test_documents(self, tmp_path: Path) -> None:
        path = write(tmp_path / "eng.testa.txt", self.IOB1 + "\n-DOCSTART- -X- -X- O\n\nRome NNP I-NP B-LOC\n")
        first, second = read_corpus(path)
        assert first.document.text == "Moscow, New York\nParis Reuters"
        assert names(first) == ["Moscow", "New York", "Paris"]
        assert [other.label for other in first.others] == ["ORG"]
        assert names(second) == ["Rome"]

    def test_two_names_side_by_side(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.conll", "Damas\tB-LOC\nAlep\tB-LOC\n(\tO\nKhan\tB-LOC\nCheikhoun\tI-LOC\n)\tO\n")
        gold = only(path)
        assert gold.document.text == "Damas Alep (Khan Cheikhoun)"
        assert names(gold) == ["Damas", "Alep", "Khan Cheikhoun"]

    def test_a_hash_is_a_token_where_it_has_a_tag(self, tmp_path: Path) -> None:
        gold = only(write(tmp_path / "x.conll", "# text = a remark\nDamas B-LOC\n# O\n1 O\n"))
        assert gold.document.text == "Damas # 1"

    def test_without_docstart_every_sentence_is_a_document(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.iob", "Damas S-LOC\n\nAl B-GPE\nBab E-GPE\n\n")
        first, second = read_corpus(path)
        assert (names(first), names(second)) == (["Damas"], ["Al Bab"])
        assert first.id != second.id

    @pytest.mark.parametrize(("line", "problem"), [("Alep", "no tag"), ("Alep LOC", "'LOC' is no IOB tag")])
    def test_unsound_lines(self, tmp_path: Path, line: str, problem: str) -> None:
        path = write(tmp_path / "x.conll", f"Damas B-LOC\n{line}\n")
        with pytest.raises(DocumentError) as caught:
            list(read_corpus(path, form="conll"))
        assert problem in str(caught.value)
        assert caught.value.line == 2


class TestHipe:
    HEAD = "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tNE-FINE-LIT\tNEL-LIT\tMISC\n"
    FIRST = (
        "# hipe2022:document_id = a\n# hipe2022:date = 1890-01-20\n# hipe2022:language = fr\n"
        "Berne\tB-loc\tB-org\tB-loc.adm.town\tQ70\tNoSpaceAfter\n.\tO\tO\tO\t_\t_\n"
        "Le\tB-loc\tO\tB-loc.phys.hydro\tQ1\t_\nRhin\tI-loc\tO\tI-loc.phys.hydro\tQ1\tEndOfLine\n"
        'M.\tB-pers\tO\tB-pers.ind\t_\t_\n"\tO\tO\tO\t_\tNoSpaceAfter\n'
    )
    SECOND = "# hipe2022:document_id = b\nBâle\tB-loc\t_\t_\t_\t_\n"

    def test_documents(self, tmp_path: Path) -> None:
        first, second = read_corpus(write(tmp_path / "HIPE-2022-fr.tsv", self.HEAD + self.FIRST + self.SECOND))
        assert (first.id, first.document.date, first.document.language) == ("a", "1890-01-20", "fr")
        assert first.document.text == 'Berne. Le Rhin M. "'
        assert names(first) == ["Berne", "Le Rhin"]
        assert [(name.kind, name.sense) for name in first.names] == [
            (Kind.CITY, Sense.METONYMIC),
            (Kind.WATER, Sense.LITERAL),
        ]
        assert [other.label for other in first.others] == ["PER"]
        assert (names(second), second.names[0].sense) == (["Bâle"], None)

    @pytest.mark.parametrize(
        ("content", "line", "problem"),
        [
            ("TOKEN\tMISC\n", 1, "lacks NE-COARSE-LIT"),
            (HEAD + "Berne\tB-loc\n", 2, "2 columns"),
            (HEAD + "Berne\tloc\tO\tO\t_\t_\n", 2, "no IOB tag"),
        ],
    )
    def test_unsound_lines(self, tmp_path: Path, content: str, line: int, problem: str) -> None:
        with pytest.raises(DocumentError) as caught:
            list(read_corpus(write(tmp_path / "x.tsv", content)))
        assert problem in str(caught.value)
        assert caught.value.line == line


class TestCorpora:
    def test_a_folder_is_read_by_name_and_its_documents_keep_apart(self, tmp_path: Path) -> None:
        jsonl(tmp_path / "b.jsonl", {"text": "Alep", "entities": []})
        write(tmp_path / "a.txt", "Hama")
        write(tmp_path / "a.ann", "T1\tLOC 0 4\tHama\n")
        write(tmp_path / "README.txt", "Nothing is marked here.")
        write(tmp_path / "c.tsv", TestHipe.HEAD + TestHipe.SECOND)
        assert [gold.id for gold in read_corpus(tmp_path)] == ["a.ann#a", "b.jsonl#1", "c.tsv#b"]

    def test_limit_and_language(self, tmp_path: Path) -> None:
        path = jsonl(tmp_path / "x.jsonl", *({"text": str(n), "lang": "en", "entities": []} for n in range(5)))
        documents = list(read_corpus(path, limit=2, language="fr"))
        assert [(gold.id, gold.document.language) for gold in documents] == [("1", "fr"), ("2", "fr")]

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        write(tmp_path / "empty.jsonl", "")
        write(tmp_path / "prose.txt", "Once upon a time\nthere was a town.\n")
        for path, problem in (
            (tmp_path / "none.jsonl", "no such file"),
            (tmp_path / "empty.jsonl", "no documents"),
            (tmp_path / "prose.txt", "no known corpus format"),
        ):
            with pytest.raises(DocumentError, match=problem) as caught:
                list(read_corpus(path))
            assert caught.value.path == path
        (tmp_path / "folder").mkdir()
        with pytest.raises(DocumentError, match="holds no corpus"):
            list(read_corpus(tmp_path / "folder"))
        with pytest.raises(OptionError, match="unknown corpus format 'xml'"):
            list(read_corpus(tmp_path / "empty.jsonl", form="xml"))

    def test_the_digest_follows_content_and_names(self, tmp_path: Path) -> None:
        one = write(tmp_path / "f" / "one.txt", "a")
        before = digest(one), digest(tmp_path / "f")
        assert (digest(one), digest(tmp_path / "f")) == before
        write(one, "b")
        assert digest(one) != before[0]
        assert digest(tmp_path / "f") != before[1]

    def test_every_format_is_found_out(self) -> None:
        assert list(FORMATS) == ["jsonl", "brat", "placed", "marked", "hipe", "conll"]

    @pytest.mark.parametrize(
        ("file", "language"),
        [
            ("wikigold-en.test.jsonl.gz", "en"),
            ("letemps_fr.jsonl", "fr"),
            ("fr-notices.txt", "fr"),
            ("my-corpus.txt", ""),
            ("A-1.ann", ""),
        ],
    )
    def test_the_language_in_a_name(self, file: str, language: str) -> None:
        assert language_of(Path(file)) == language
