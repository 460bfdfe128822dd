"""Where the results of the command line go: a file or folder a text, or standard output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["OUTPUT", "STANDARD", "is_folder", "target_paths"]

OUTPUT = Path("output")
"""The folder of pages where no other is named."""
STANDARD = "-"
"""The name of standard input and standard output."""


def is_folder(output: str) -> bool:
    """Whether `output` names a folder: one that exists, or a new name that ends in a slash or has no suffix.

    It does not depend on how many texts there are, so that the same command means the same with one and with two.
    """
    if output == STANDARD:
        return False
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return True
    return not path.suffix and not path.exists() and not path.is_symlink()


def target_paths(files: Sequence[str], output: str, *, suffix: str = ".html") -> list[Path | None]:
    """Return where the result of each text goes; None is standard output.

    Args:
        files: the texts; "-" is standard input.
        output: a file, a folder (`is_folder`), "-" for standard output, or "" for the folder `OUTPUT`.
        suffix: of the files in a folder.

    Raises:
        OptionError: two texts would be written to one file.
    """
    if output and not is_folder(output):
        if len(files) > 1:
            where = msg("standard output") if output == STANDARD else output
            raise OptionError(
                msg(
                    "{count} texts would be written to {where}: name a folder with --output",
                    count=len(files),
                    where=where,
                )
            )
        return [None if output == STANDARD else Path(output)]
    base = Path(output) if output else OUTPUT
    stems = ["stdin" if file == STANDARD else Path(file).stem for file in files]
    names = _told_apart(files, stems)
    for name, count in Counter(names).items():
        if count > 1:
            raise OptionError(
                msg("two texts would be written to {base}; give them one by one", base=base / (name + suffix))
            )
    return [base / f"{name}{suffix}" for name in names]


def _told_apart(files: Sequence[str], stems: Sequence[str]) -> list[str]:
    """Return a name for each text: its stem, with its suffix or its folder where two would be the same."""
    seen = Counter(stems)
    names = [stem if seen[stem] == 1 else Path(file).name for file, stem in zip(files, stems, strict=True)]
    seen = Counter(names)
    return [
        name if seen[name] == 1 or not Path(file).parent.name else f"{Path(file).parent.name}/{name}"
        for file, name in zip(files, names, strict=True)
    ]
