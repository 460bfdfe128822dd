"""Files of the user's own places that every run uses: copies in the gazetteer's home."""

from __future__ import annotations

from pathlib import Path

from mapgen.errors import PlacesError
from mapgen.files import home_directory, write_aside
from mapgen.gazetteer.places import own_layer
from mapgen.messages import msg, reason_of

__all__ = ["SUFFIXES", "forget_places", "keep_places", "kept_places"]

SUFFIXES = (".csv", ".geojson", ".json")
"""By these a file of places is told from a country code on the command line."""


def kept_places(home: Path) -> tuple[Path, ...]:
    """Return the kept files, sorted by name."""
    folder = home / "places"
    return tuple(sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES))


def keep_places(file: Path, *, home: Path | None = None) -> list[str]:
    """Copy a file of places into the home, so that every later run uses it; one of the same name is replaced.

    Returns:
        A line on every row that cannot be used.

    Raises:
        PlacesError: the file cannot be read, or no row of it can be used; nothing is kept.
        OutputError: the copy cannot be written.
    """
    # All that a later run does with the file is done with it now: whatever is kept can be used.
    layer, wrong = own_layer([file])
    layer.close()
    target = (home or home_directory()) / "places" / file.name
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PlacesError(msg("cannot be read: {reason}", reason=reason_of(error)), path=file) from error
    write_aside(target, content)
    return wrong


def forget_places(name: str, *, home: Path | None = None) -> bool:
    """Remove a kept file by its name; return whether it was there."""
    target = (home or home_directory()) / "places" / Path(name).name
    if not target.is_file():
        return False
    target.unlink()
    return True
