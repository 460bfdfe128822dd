import pytest

import mapgen
from mapgen.doctor import Diagnosis, Extra, diagnose


def test_a_home_without_a_gazetteer_is_told_and_left_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("MAPGEN_HOME", str(tmp_path / "home"))
    diagnosis = diagnose()
    assert diagnosis.gazetteer_bytes == 0
    assert not (tmp_path / "home").exists()
    assert any("not built yet" in line for line in diagnosis.lines())


def test_files_of_the_home_have_their_sizes(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("MAPGEN_HOME", str(tmp_path))
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "FR.npz").write_bytes(b"x" * 1234)
    (tmp_path / "note").write_bytes(b"y" * 7)
    assert diagnose().caches == (("note", 7), ("outlines/", 1234))


def test_variables_of_mapgen_alone_are_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("MAPGEN_HOME", str(tmp_path))
    monkeypatch.setenv("OTHER_SECRET", "x")
    assert ("MAPGEN_HOME", str(tmp_path)) in diagnose().environment
    assert all(name.startswith("MAPGEN_") for name, _ in diagnose().environment)


def test_a_missing_package_and_a_missing_extra_are_named(tmp_path) -> None:
    extra = Extra("corpus", "archives", (("duckdb", ""), ("pyarrow", "17.0")))
    diagnosis = Diagnosis(
        version="1", python="3", system="s", packages=(("folium", ""), ("pandas", "2.2")), extras=(extra,),
        home=tmp_path, gazetteer=tmp_path / "g.sqlite", gazetteer_bytes=5_000_000,
        packs=(("SY", 12_000, "2026-01-02T03"),), own_places=("mine.csv",), caches=(), environment=(),
    )  # fmt: skip
    text = "\n".join(diagnosis.lines())
    assert diagnosis.missing == ("folium",)
    assert not extra.installed
    assert "folium MISSING" in text
    assert "pip install 'mapgen[corpus]'" in text
    assert "SY (12,000 places, 2026-01-02)" in text


def test_show_versions_prints_the_lines(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("MAPGEN_HOME", str(tmp_path))
    mapgen.show_versions()
    printed = capsys.readouterr().out
    assert printed.startswith(f"mapgen {mapgen.__version__}, Python ")
    assert "network: nothing is asked of any" in printed


@pytest.mark.parametrize("requirement", ["pandas>=2.2", "folium<0.21,>=0.20"])
def test_needed_packages_come_from_the_metadata(requirement, monkeypatch) -> None:
    from mapgen import doctor

    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda _: [requirement, 'rensa>=0.4; extra == "corpus"'])
    packages, extras = doctor._requirements()
    assert [name for name, _ in packages] == [requirement.partition(">")[0].partition("<")[0]]
    assert [extra.name for extra in extras] == ["corpus"]


def test_every_extra_says_what_it_is_for() -> None:
    from mapgen import doctor

    _, extras = doctor._requirements()
    assert {"corpus", "png", "spacy"} <= {extra.name for extra in extras}
    assert [extra.name for extra in extras if not extra.purpose] == []
