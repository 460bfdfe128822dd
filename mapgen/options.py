"""The options that `mapgen map` and `mapgen places` share, as a frozen type that Typer reads."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from mapgen.errors import OptionError
from mapgen.messages import msg, speak, user_language
from mapgen.settings import Settings

__all__ = ["Bom", "Demonyms", "Jobs", "Language", "Options", "Places", "point", "with_options"]

Places = Annotated[
    list[Path] | None,
    typer.Option("--places", "-p", help="CSV or GeoJSON of your own places; they win. May be repeated."),
]
Language = Annotated[
    str, typer.Option("--language", "-l", help="Language of the text (fr, French, …); identified when not given.")
]

Demonyms = Annotated[
    bool,
    typer.Option("--demonyms", help='Find adjectives and names of peoples too ("Turkish", "Syriens"), as countries.'),
]


Bom = Annotated[
    bool | None,
    typer.Option(
        "--bom/--no-bom", help="Whether CSV begins with a byte order mark, by which Excel knows accents; yes."
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes, for several texts; one a processor when 0.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options that say how texts are read, in the types of the command line; `settings` maps them."""

    places: Places = None
    corrections: Annotated[
        list[Path] | None,
        typer.Option("--corrections", help="CSV of a person's decisions (docs/corrections.md). May be repeated."),
    ] = None
    language: Language = ""
    page_language: Annotated[
        str, typer.Option("--page-language", help="Language of the reader (en, es, fr); the text's when not given.")
    ] = ""
    country: Annotated[
        str, typer.Option("--country", help="ISO code of the newspaper's or the reader's home country.")
    ] = ""
    near: Annotated[str, typer.Option("--near", metavar="LAT,LON", help="The newspaper's or the reader's home.")] = ""
    encoding: Annotated[str, typer.Option("--encoding", help="Encoding of the text; found out when not given.")] = ""
    field: Annotated[
        str,
        typer.Option(
            "--field", "--column", help="Field of JSON or column of a table that holds the texts; guessed, and told."
        ),
    ] = ""
    recursive: Annotated[
        bool, typer.Option("--recursive", "-r", help="Of a folder, read the files in its folders too.")
    ] = False
    recogniser: Annotated[
        str,
        typer.Option("--recogniser", help="mapgen's own when not given, or spacy:NAME, a pipeline you have installed."),
    ] = ""
    demonyms: Demonyms = False
    geocoder: Annotated[
        str,
        typer.Option(
            "--geocoder",
            help="Ask an online geocoder (nominatim, photon, geonames, pelias, …) for what the gazetteer does not "
            "know: the name and its country leave the machine, never the text.",
        ),
    ] = ""
    geocoder_url: Annotated[
        str, typer.Option("--geocoder-url", help="A server of your own: http://localhost:8080.")
    ] = ""
    geocoder_settings: Annotated[
        Path | None,
        typer.Option("--geocoder-settings", help="TOML file with the geocoder's settings, a table a service."),
    ] = None
    packs: Annotated[
        str,
        typer.Option(
            "--packs",
            help="Fetch the pack of a country around which three or more names are unknown: never, ask or auto. A "
            "terminal is asked when not given. The server learns the country's code alone.",
        ),
    ] = ""
    packs_from: Annotated[
        str, typer.Option("--packs-from", help="Mirror of GeoNames' export/dump for --packs: URL or folder.")
    ] = ""
    skip_existing: Annotated[
        bool, typer.Option("--skip-existing", help="Leave out the texts whose results are there already.")
    ] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")] = False
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell what each text holds.")] = False
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Print on standard error why each name has its place, in words; --explain=features prints the "
            "weights of the classifier and of the ranker.",
        ),
    ] = False
    explain_features: Annotated[bool, typer.Option("--explain-features", hidden=True)] = False

    def inputs(self) -> tuple[Path, ...]:
        """Return the files that the options name: all of them are read, none is written."""
        settings = (self.geocoder_settings,) if self.geocoder_settings else ()
        return (*(self.places or ()), *(self.corrections or ()), *settings)

    def settings(self) -> Settings:
        """Return the settings of the geoparser.

        Raises:
            OptionError: a value makes no sense.
        """
        return Settings(
            places=tuple(self.places or ()),
            corrections=tuple(self.corrections or ()),
            language=self.language,
            page_language=self.page_language,
            country=self.country,
            near=point(self.near),
            recogniser=self.recogniser,
            demonyms=self.demonyms,
            geocoder=self.geocoder,
            geocoder_url=self.geocoder_url,
            geocoder_settings=self.geocoder_settings,
            packs=self.packs or ("ask" if sys.stdin.isatty() and sys.stderr.isatty() else "never"),
            packs_from=self.packs_from,
            features=self.explain_features,
        )


def point(near: str) -> tuple[float, float] | None:
    """Read "LAT,LON" in degrees; None where it is empty.

    Raises:
        OptionError: it is no such pair.
    """
    if not near:
        return None
    try:
        lat, lon = (float(part) for part in near.split(","))
    except ValueError:
        raise OptionError(msg("--near wants LAT,LON in degrees, like 33.5,36.3, not {near!r}", near=near)) from None
    return (lat, lon)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the fields of `Options` to the signature of a command, which gets them as its argument `options`.

    Typer reads the options of a command from its signature.
    """
    hints = get_type_hints(command, include_extras=True)
    fields = get_type_hints(Options, include_extras=True)
    own = [
        parameter.replace(annotation=hints[name])
        for name, parameter in inspect.signature(command).parameters.items()
        if name != "options"
    ]
    shared = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=fields[field.name]
        )
        for field in dataclasses.fields(Options)
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        options = Options(**{parameter.name: given.pop(parameter.name) for parameter in shared})
        speak(user_language(os.environ, default=options.page_language))
        command(**given, options=options)

    every = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own] + shared
    vars(run).update(
        __signature__=inspect.Signature(every), __annotations__={each.name: each.annotation for each in every}
    )
    return run
