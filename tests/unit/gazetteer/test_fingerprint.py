"""What changes the name of the embedded file: all that decides what it holds, and nothing that only reads it."""

from __future__ import annotations

from mapgen.gazetteer.build import written_by


def test_the_fingerprint_covers_what_writes_the_file_and_what_it_names() -> None:
    names = {path.name for path in written_by()}
    assert {"embedded.py", "gather.py", "writer.py", "keys.py", "names.py", "regions.py", "schema.sql"} <= names
    assert {"cities.py", "countries.py", "waters.csv", "labels.csv"} <= names
    assert all(path.is_file() for path in written_by())


def test_the_fingerprint_leaves_out_what_only_reads_the_file() -> None:
    names = {path.name for path in written_by()}
    assert names.isdisjoint({"store.py", "layer.py", "packs.py", "world.py", "places_of_country.sql", "build.py"})
