"""Country packs: GeoNames' dumps of whole countries, added to and removed from the gazetteer.

All packs live in one file, `packs.sqlite`, a layer like the embedded one. A change is one transaction: it happens
wholly or, whatever goes wrong, not at all. GeoNames is licensed CC BY 4.0 (geonames.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from mapgen.errors import PackError
from mapgen.files import home_directory
from mapgen.gazetteer.building import no_collection
from mapgen.gazetteer.dumps import read_dump
from mapgen.gazetteer.fetching import OFFICIAL
from mapgen.gazetteer.packfetch import FETCHING, FetchedPacks, fetch_packs
from mapgen.gazetteer.packfile import Pack, PackInfo, changed, list_packs, write_packs
from mapgen.gazetteer.writer import Progress
from mapgen.messages import msg

__all__ = ["OFFICIAL", "PackInfo", "add_packs", "list_packs", "remove_packs"]


def add_packs(
    countries: Sequence[str],
    *,
    source: str | Path = OFFICIAL,
    home: Path | None = None,
    progress: Progress | None = None,
) -> tuple[PackInfo, ...]:
    """Fetch the packs of some countries and add them; a pack that is there already is replaced.

    Countries that the source has no pack of are left out.

    Args:
        countries: ISO 3166-1 alpha-2 codes ("SY", "IQ").
        source: URL of a mirror, a folder, or the zip of the one country that is added; laid out as GeoNames'
            `export/dump`: `SY.zip`, `alternatenames/SY.zip`, `admin1CodesASCII.txt`, `admin2Codes.txt`. The alternate
            names and the codes may be missing.
        home: folder of the gazetteer; `MAPGEN_HOME`, else the user's cache folder.
        progress: told what is done, and the share of the whole.

    Returns:
        The packs that were added, in the order of `countries`.

    Raises:
        AbsentError: the source has no pack of any of the countries.
        PackError: a file is out of reach, broken or malformed, or the disk is full. The gazetteer is as it was.
    """
    folder = home if home is not None else home_directory()
    tell = progress or (lambda what, share: None)  # noqa: ARG005
    codes = list(dict.fromkeys(code.strip().upper() for code in countries))
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            raise PackError(msg("{code!r} is no country code of two letters (ISO 3166-1), like SY", code=code))
    if not codes:
        return ()
    fetched = fetch_packs(codes, source=source, downloads=folder / "downloads", tell=tell)
    infos: list[PackInfo] = []
    with no_collection(), changed(folder) as connection:
        write_packs(connection, folder, replaced=codes, added=_read(fetched, infos, tell))
    fetched.forget()
    tell(msg("done"), 1.0)
    return tuple(infos)


def _read(fetched: FetchedPacks, infos: list[PackInfo], tell: Progress) -> Iterator[Pack]:
    """Read the fetched packs one by one, and note what each is.

    What came whole and is yet no good is deleted: the next attempt must fetch it anew.
    """
    codes = fetched.division_codes()
    for number, files in enumerate(fetched.packs):
        tell(msg("reading {country}", country=files.country), FETCHING + (1.0 - FETCHING) * number / len(fetched.packs))
        try:
            read = read_dump(files.dump, files.alternate, codes.get(files.country, {}))
        except PackError:
            fetched.forget(files)
            raise
        names = sum(read.columns.name_count)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        infos.append(PackInfo(files.country, str(files.base), now, len(read.columns.pk), names))
        yield Pack(infos[-1], read)


def remove_packs(countries: Sequence[str], *, home: Path | None = None) -> tuple[str, ...]:
    """Remove the packs of some countries.

    Returns:
        The codes of the packs that were there.

    Raises:
        PackError: the packs cannot be written; they are as they were.
    """
    folder = home if home is not None else home_directory()
    codes = {code.strip().upper() for code in countries}
    present = tuple(pack.country for pack in list_packs(home=folder) if pack.country in codes)
    if present:
        with no_collection(), changed(folder) as connection:
            write_packs(connection, folder, replaced=present)
    return present
