"""Documentation that can fail: the reference is the program's own, examples run, links lead somewhere."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BUILD = runpy.run_path(str(ROOT / "docs" / "build.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def smallest_pdf(line: str) -> bytes:
    """A PDF of one page with one line of text."""
    stream = f"BT /F 20 Tf 20 100 Td ({line}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(stream)}>> stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj {each} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer <</Root 1 0 R/Size {size}>>\n"
    return f"{content}{end}startxref\n{len(content)}\n%%EOF\n".encode("ascii")


def test_the_command_line_reference_is_the_programs_own() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == BUILD["reference"](), "docs/cli.md is out of date; renew it with: python docs/build.py"


@pytest.mark.parametrize("name", BUILD["TABLES_OF"])
def test_the_tables_of_a_page_are_the_programs_own(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert BUILD["renewed"](name) == page, f"docs/{name} is out of date; renew it with: python docs/build.py"


def test_the_tables_of_an_archive_are_documented_as_they_are() -> None:
    page = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    for columns in BUILD["TABLES"].values():
        for column in columns:
            assert f"| `{column.name}` | {column.type}" in page


def test_the_gallery_has_all_its_pages_and_an_index_of_them() -> None:
    gallery = runpy.run_path(str(ROOT / "docs" / "gallery.py"), run_name="gallery")
    listed, folder = gallery["pages"](), ROOT / "docs" / "gallery"
    assert (folder / "index.md").read_text(encoding="utf-8") == gallery["index"](listed), (
        "docs/gallery/index.md is out of date; renew it with: python docs/gallery.py"
    )
    assert {page.name for page in folder.glob("*.html")} == {f"{page.name}.html" for page in listed}
    used = {ROOT / page.source for page in listed}
    assert used >= set((ROOT / "data" / "gallery").iterdir()), "a text of data/gallery has no page"


def test_every_column_of_the_tables_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    for name, meaning in {**BUILD["COLUMNS"], **BUILD["CANDIDATE_COLUMNS"]}.items():
        assert f"| `{name}` | {meaning} |" in page


def test_every_parameter_of_an_address_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "page.md").read_text(encoding="utf-8")
    scripts = ROOT / "mapgen" / "rendering" / "static"
    for script, head in ((scripts / "fragment.js", "page of a text"), (scripts / "archive" / "fragment.js", "archive")):
        kept = re.search(r"^const KEPT = \[\n(.*?)^\];", script.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        assert kept, script
        (table,) = re.findall(rf"^\| parameter \| [^|]*{head} \|\n(.*?)(?:\n\n|\Z)", page, re.DOTALL | re.MULTILINE)
        names = re.findall(r"^  \[\s*\"(\w+)\"", kept[1], flags=re.MULTILINE)
        assert len(names) >= 6
        assert set(names) <= set(re.findall(r"`(\w+)`", table)), script


def test_the_reference_knows_every_command_and_option() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in (
        "map",
        "places",
        "evaluate",
        "gazetteer info",
        "gazetteer add",
        "gazetteer search",
        "corpus read",
        "corpus page",
        "compare",
    ):
        shown = subprocess.run(
            [sys.executable, "-m", "mapgen", *command.split(), "--help"],
            env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        section = re.search(rf"^#+ mapgen {command}$(.*?)(?=^#|\Z)", written, flags=re.MULTILINE | re.DOTALL)
        assert section, command
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown)) - {"--help"}
        assert options <= set(re.findall(r"--[a-z][a-z-]+", section[1])), command


def shell_lines() -> list[str]:
    """The lines of README.md that call mapgen, without what explains them behind two spaces or more.

    Those that ask the network are left out: the tests of online geocoders and country packs have servers of their own.
    """
    blocks = re.findall(r"^ {4}(.*)$", README, flags=re.MULTILINE)
    blocks += "\n".join(re.findall(r"```(?:sh|bash|console)\n(.*?)```", README, flags=re.DOTALL)).splitlines()
    commands = [part.strip() for line in blocks for part in re.split(r"\s{2,}", line)[0].split("&&")]
    asking = re.compile(r"--geocoder|gazetteer add(?!.*(--from|\.csv|\.geojson))")
    return [command for command in commands if command.startswith("mapgen ") and not asking.search(command)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples speak of."""
    import docx

    made = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "data", made / "data")
    shutil.copy(ROOT / "data" / "places.csv", made / "my-places.csv")
    (made / "a.txt").write_text("Le train relie Lyon à Genève.", encoding="utf-8")
    (made / "inbox" / "old").mkdir(parents=True)
    letter = "From: a@example.org\nTo: b@example.org\nDate: Tue, 2 Jul 2019 08:00:00 +0200\n\nOn part de Lyon.\n"
    (made / "inbox" / "old" / "letter.eml").write_text(letter, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("Il neige à Alep et à Damas.")
    document.save(str(made / "b.docx"))
    (made / "c.pdf").write_bytes(smallest_pdf("A train links London to Paris."))
    return made


def test_the_readme_calls_mapgen() -> None:
    commands = shell_lines()
    assert "mapgen map data/dispatch.txt --places data/places.csv" in commands
    assert len(commands) >= 4


@pytest.mark.parametrize("command", shell_lines())
def test_the_commands_of_the_readme_run(command: str, folder: Path, home: Path) -> None:
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", "mapgen", *words[1:]],
        cwd=folder,
        env=os.environ | {"MAPGEN_HOME": str(home), "BROWSER": "true %s"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    if words[1] == "map":
        expected = {"inbox/": ["maps/letter.html"], "a.txt": ["maps/a.html", "maps/b.html", "maps/c.html"]}
        assert all((folder / page).exists() for page in expected.get(words[2], ["output/dispatch.html"]))
    else:
        assert done.stdout.strip()


def python_blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("number", range(len(python_blocks())))
def test_the_python_of_the_readme_runs(number: int, folder: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", python_blocks()[number]],
        cwd=folder,
        env=os.environ | {"MAPGEN_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if "toponym.text" in python_blocks()[number]:
        assert "Khan Cheikhoun" in done.stdout


def test_there_is_python_in_the_readme() -> None:
    assert any("mapgen.Geoparser(" in block and ".to_frame(" in block for block in python_blocks())


def test_the_speeds_of_the_readme_are_those_that_were_measured() -> None:
    figures = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    told = [
        (match[1], match[2])
        for match in re.finditer(
            r"^\|.*?(names alone|`annotate`|`parse`).*?\| ([\d,]+ / [\d,]+) \|", README, re.MULTILINE
        )
    ]
    assert [call for call, _ in told] == ["names alone", "`annotate`", "`parse`"]
    for (_, speeds), task in zip(told, ("recognise", "annotate", "parse"), strict=True):
        for language, speed in zip(("fr", "en"), speeds.split(" / "), strict=True):
            assert re.search(rf"^\| {language} \| {task} \|.*\| {speed} \|", figures, re.MULTILINE), (task, language)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing
