"""The language that the command line speaks."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping

from mapgen.messages._catalogue import LANGUAGES, SOURCE

__all__ = ["speak", "spoken", "user_language"]

_OWN = "MAPGEN_LANG"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that name the user's language, in the order in which gettext asks them."""
_NEUTRAL = frozenset({"", "C", "POSIX"})
"""Locales that name no language."""

_spoken = SOURCE


def speak(language: str) -> None:
    """Set the language of what this process says on the terminal (ISO 639-1, one of `LANGUAGES`)."""
    global _spoken
    _spoken = language


def spoken() -> str:
    """Return the language of what this process says on the terminal."""
    return _spoken


def user_language(environment: Mapping[str, str], *, default: str = "") -> str:
    """Return the language (ISO 639-1) of the user: of MAPGEN_LANG, else of the locale, else `default`, else English.

    Args:
        environment: variables by name.
        default: a language or "", for an environment that names none; English where mapgen does not speak it.
    """
    own = environment.get(_OWN, "")
    if own:
        return _first(own) or SOURCE
    # gettext does not ask LANGUAGE where the locale is the neutral one.
    places = [environment[name] for name in _VARIABLES[1:] if environment.get(name)][:1] or [_of_windows()]
    if _base(places[0]) in _NEUTRAL:
        return _first(default) or SOURCE
    return _first(environment.get(_VARIABLES[0], "")) or _first(places[0]) or SOURCE


def _first(named: str) -> str:
    """The first of several languages ("de:fr_CA") that mapgen speaks, or ""."""
    codes = (_base(part).replace("-", "_").partition("_")[0].casefold() for part in named.split(":"))
    return next((code for code in codes if code in LANGUAGES), "")


def _base(name: str) -> str:
    """A locale without its encoding and variant: "fr_FR" of "fr_FR.UTF-8@euro"."""
    return name.partition(".")[0].partition("@")[0]


def _of_windows() -> str:
    """The language of the user's settings on Windows, which has no variables for it; "" elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
