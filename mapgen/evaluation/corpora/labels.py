"""The labels of corpora: which of them are places, and of which kind."""

from __future__ import annotations

from mapgen.geocoding.kinds import geonames_kind
from mapgen.model import Kind

__all__ = ["PLACE", "is_place", "kind_of_feature", "kind_of_label", "shared_label"]

PLACE = "LOC"

_PLACES = frozenset(
    ["loc", "location", "gpe", "geo", "place", "toponym", "lieu", "fac", "facility", "building", "street"]
)
_PERSONS = frozenset(["per", "pers", "person"])
_ORGANISATIONS = frozenset(["org", "organisation", "organization"])

_TYPES = {
    "loc.adm.nat": Kind.COUNTRY,
    "loc.adm.reg": Kind.REGION,
    "loc.adm.town": Kind.CITY,
    "loc.adm.sup": Kind.CONTINENT,
    "loc.admin.sup": Kind.CONTINENT,
    "loc.phys.geo": Kind.TERRAIN,
    "loc.phys.hydro": Kind.WATER,
    "loc.oro": Kind.ROAD,
    "loc.fac": Kind.FACILITY,
    "loc.add.phys": Kind.FACILITY,
    "country": Kind.COUNTRY,
    "building": Kind.FACILITY,
    "fac": Kind.FACILITY,
    "facility": Kind.FACILITY,
    "street": Kind.ROAD,
}
"""The fine types of the Quaero and impresso guidelines (Ehrmann et al. 2020), and those of other corpora."""

_CLASSES = {
    "H": "BAY CHN GULF HBR LGN LK LKS OCN RSV SEA ST STM STMS STRT CNL SPNG",
    "T": "CAPE DLTA DSRT HLL HLLS ISL ISLS MT MTS PEN PK PASS PLAT PLN VAL VLC",
    "S": "AIRB AIRP BLDG CH CMP DAM HSP HTL INSM MUS PAL PRN SCH SQR STDM UNIV MTRO",
    "L": "AREA CONT OAS PRK PRT RES RGN RGNE TRB ZN",
    "R": "RD RR ST",
}
_CLASS = {code: letter for letter, codes in _CLASSES.items() for code in codes.split()}


def shared_label(label: str) -> str:
    """Return LOC, PER, ORG or MISC for the label of any corpus ("loc.adm.town", "I-LOC", "GPE")."""
    coarse = label.lower().removeprefix("b-").removeprefix("i-").partition(".")[0]
    if coarse in _PLACES:
        return PLACE
    return "PER" if coarse in _PERSONS else "ORG" if coarse in _ORGANISATIONS else "MISC"


def is_place(label: str) -> bool:
    """Say whether the label of a corpus means places."""
    return shared_label(label) == PLACE


def kind_of_label(label: str) -> Kind | None:
    """Return the kind of a label ("loc.adm.nat", "city"), or None."""
    word = label.lower().removeprefix("b-").removeprefix("i-")
    return Kind(word) if word in set(Kind) else _TYPES.get(word)


def kind_of_feature(code: str) -> Kind | None:
    """Return the kind of a GeoNames feature code ("PPLA"), or None for one that is not in use in corpora."""
    if code.startswith("PPL"):
        return geonames_kind("P", code)
    if code.startswith(("ADM", "PCL", "TERR")):
        return geonames_kind("A", code)
    return geonames_kind(_CLASS[code], code) if code in _CLASS else None
