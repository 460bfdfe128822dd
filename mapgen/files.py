"""Where mapgen keeps its files, and how it writes them: aside first, then renamed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from mapgen.errors import OutputError

__all__ = ["home_directory", "usual_mode", "write_aside"]


def home_directory() -> Path:
    """Return the folder of gazetteer and caches: `MAPGEN_HOME`, else the user's cache folder (platformdirs)."""
    if override := os.environ.get("MAPGEN_HOME"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("mapgen", appauthor=False)


def write_aside(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` so that either the old file or the whole new one stands there, never a part.

    Folders above `path` are made. Text is written as UTF-8 with its newlines untouched.

    Raises:
        OutputError: the folder or the file cannot be written; the old file, if any, is left as it was.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    aside: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(usual_mode(path))
        Path(aside).replace(path)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=path) from error
    finally:
        if aside is not None:
            with contextlib.suppress(OSError):
                Path(aside).unlink(missing_ok=True)


def usual_mode(path: Path) -> int:
    """Return the mode for a file written to `path`: that of the file that stands there, else what the umask leaves."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
