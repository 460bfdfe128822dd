"""Settings of online geocoders, from a TOML file: a table for each service, named as geopy names it.

    [geonames]
    username = "…"

    [nominatim]
    url = "https://nominatim.example.org"
    timeout = 20

`url`, `timeout`, `interval` and `failures` are those of `OnlineGeocoder`; all other keys go to geopy's class as they
are.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mapgen.errors import OptionError
from mapgen.messages import msg, reason_of

__all__ = ["load_settings"]


def load_settings(path: Path | str) -> dict[str, dict[str, Any]]:
    """Read a file of settings; return the table of each service.

    Raises:
        OptionError: the file cannot be read or is not of this form.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise OptionError(msg("the settings cannot be read ({reason})", reason=reason_of(error)), path=path) from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise OptionError(msg("the settings are no TOML ({error})", error=error), path=path) from error
    for key, table in content.items():
        if not isinstance(table, dict):
            raise OptionError(
                msg("{key!r} is outside of a table: begin with the service, such as [nominatim]", key=key), path=path
            )
    return content
