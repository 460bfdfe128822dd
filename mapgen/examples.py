"""The sample texts and the file of places to start from, as the package carries them."""

from __future__ import annotations

from pathlib import Path

from mapgen.errors import OutputError
from mapgen.files import write_aside
from mapgen.messages import msg

__all__ = ["EXAMPLES", "write_examples"]

EXAMPLES = ("dispatch.txt", "places.csv")
"""Names of the sample files; the first is the text of the README."""


def write_examples(folder: Path) -> tuple[Path, ...]:
    """Write the sample files into a folder, which is made, and return their paths.

    Raises:
        OutputError: one of the files is there already with other contents, or cannot be written; nothing is replaced.
    """
    targets = [(folder / name, (_source() / name).read_bytes()) for name in EXAMPLES]
    for target, content in targets:
        if target.exists() and target.read_bytes() != content:
            raise OutputError(msg("there is another file of this name: name another folder"), path=target)
    for target, content in targets:
        write_aside(target, content)
    return tuple(target for target, _ in targets)


def _source() -> Path:
    """Return the folder of the samples: in the package, or in a checkout the folder `data` that it is made from."""
    package = Path(__file__).parent
    packed = package / "samples"
    return packed if packed.is_dir() else package.parent / "data"
