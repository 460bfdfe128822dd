"""Options from a file and from the environment."""

import os
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from mapgen import cli
from mapgen.configuration import configured, option_names
from mapgen.errors import OptionError

GROUP = typer.main.get_command(cli.app)


def options(folder: Path, toml: str = "", **environment: str) -> dict[str, Any]:
    if toml:
        (folder / "mapgen.toml").write_text(toml, encoding="utf-8")
    return configured(GROUP, environment=environment, folder=folder)[0]


def test_nothing_is_set_where_there_is_nothing(tmp_path: Path) -> None:
    found, line = configured(GROUP, environment={"MAPGEN_HOME": "x", "HOME": "y"}, folder=tmp_path)
    assert line == ""
    assert {name: each for name, each in found.items() if any(each.values())} == {}


def test_a_key_counts_for_every_command_that_has_the_option(tmp_path: Path) -> None:
    found = options(tmp_path, 'page-language = "fr"\nformat = "csv"\n[map]\njobs = 3\n')
    assert found["map"] == {"page_language": "fr", "jobs": "3"}
    assert found["places"] == {"page_language": "fr", "format_": "csv"}
    assert found["gazetteer"]["search"] == {"format_": "csv"}


def test_variables_win_over_the_file(tmp_path: Path) -> None:
    variables = {"MAPGEN_LANGUAGE": "en", "MAPGEN_PLACES": f"a.csv{os.pathsep}b.csv", "MAPGEN_TILES": "A,B"}
    found = options(tmp_path, 'language = "fr"\n', **variables)
    assert found["map"] == {"language": "en", "places": ["a.csv", "b.csv"], "tiles": ["A", "B"]}


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "own.toml").write_text('places = "p.csv"\nnear = [1.5, 2]\n', encoding="utf-8")
    found = options(tmp_path, MAPGEN_CONFIG="sub/own.toml")
    assert found["map"] == {"places": [str(tmp_path / "sub" / "p.csv")], "near": "1.5,2"}
    assert options(tmp_path, 'language = "fr"', MAPGEN_CONFIG="")["map"] == {}


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("colour = 1", "no option 'colour'"),
        ("[draw]\njobs = 1", "no command 'draw'"),
        ("[map]\nformat = 'csv'", "map has no option 'format'"),
        ("quiet = 'yes'", "quiet is true or false"),
        ("language = true", "language cannot be True"),
        ("language = ", "is no TOML"),
        ("help = true", "no option 'help'"),
    ],
)
def test_what_makes_no_sense_is_told_with_the_file(toml: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=words) as caught:
        options(tmp_path, toml)
    assert caught.value.path == tmp_path / "mapgen.toml"


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="MAPGEN_CONFIG names it"):
        options(tmp_path, MAPGEN_CONFIG="none.toml")


def test_every_option_has_its_name() -> None:
    assert {"language", "page_language", "jobs", "recursive", "column", "field"} <= option_names(GROUP)
    assert not {"help", "version"} & option_names(GROUP)


def test_the_command_line_wins(tmp_path: Path) -> None:
    app = typer.Typer()
    seen: list[tuple[str, int, bool]] = []

    @app.callback()
    def start(context: typer.Context) -> None:
        context.default_map, _ = configured(context.command, environment={"MAPGEN_DEEP": "1"}, folder=tmp_path)

    @app.command("run")
    def run(
        name: Annotated[str, typer.Option("--name")] = "",
        jobs: Annotated[int, typer.Option("--jobs")] = 1,
        *,
        deep: Annotated[bool, typer.Option("--deep")] = False,
    ) -> None:
        seen.append((name, jobs, deep))

    (tmp_path / "mapgen.toml").write_text('name = "file"\njobs = 4\n', encoding="utf-8")
    runner = CliRunner()
    assert runner.invoke(app, ["run"]).exit_code == 0
    assert runner.invoke(app, ["run", "--name", "typed", "--jobs", "2"]).exit_code == 0
    assert seen == [("file", 4, True), ("typed", 2, True)]
