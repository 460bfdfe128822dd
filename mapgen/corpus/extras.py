"""Libraries that only archives need: an extra of the package, imported when first used."""

from __future__ import annotations

import importlib
from typing import Any

from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["needed"]

_EXTRAS = {
    "pyarrow": "corpus",
    "pyarrow.compute": "corpus",
    "pyarrow.parquet": "corpus",
    "duckdb": "corpus",
    "fsspec": "corpus",
    "rensa": "corpus",
    "distributed": "dask",
}


def needed(library: str) -> Any:
    """Import a library of an extra.

    Args:
        library: a module of `_EXTRAS`.

    Raises:
        OptionError: it is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(library)
    except ImportError as error:
        extra = _EXTRAS[library]
        raise OptionError(
            msg(
                "archives need {library}, which is not installed: pip install 'mapgen[{extra}]'",
                library=library.partition(".")[0],
                extra=extra,
            )
        ) from error
