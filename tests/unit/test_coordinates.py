import pytest

from mapgen.coordinates import LATITUDE, LONGITUDE, Axis, degrees, point

NUMBERS = [
    ("61.5", LATITUDE, 61.5),
    ("61,5", LATITUDE, 61.5),
    ("−4.1°", LATITUDE, -4.1),
    ("–4,1", LONGITUDE, -4.1),
    ("61°30'0\" N", LATITUDE, 61.5),
    ("61° 30′ 36″ N", LATITUDE, 61.51),
    ("N61°30.6'", LATITUDE, 61.51),
    ("61d30m36s", LATITUDE, 61.51),
    ("61:30:36", LATITUDE, 61.51),
    ("12 30 S", LATITUDE, -12.5),
    ("12°30' Sud", LATITUDE, -12.5),
    ("3°12'O", LONGITUDE, -3.2),
    ("3.2 West", LONGITUDE, -3.2),
    ("٦١٫٥", LATITUDE, 61.5),
]


@pytest.mark.parametrize(("text", "axis", "value"), NUMBERS)
def test_degrees_are_read_as_people_write_them(text: str, axis: Axis, value: float) -> None:
    assert degrees(text, axis) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no lat"),
        ("nan", "no number"),
        ("inf", "no number"),
        ("1e1", "no number"),
        ("1_0", "no number"),
        ("61 30", "no number"),
        ("61,30,36", "no number"),
        ("61°61'", "no number"),
        ("61.5 E", "other axis"),
        ("-3 S", "both a sign"),
        ("91", "outside"),
        ("north", "no number"),
    ],
)
def test_what_is_no_latitude_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        degrees(text, LATITUDE)


@pytest.mark.parametrize(
    "text",
    [
        "61.5, 25.25", "61.5,25.25", "61,5; 25,25", "61,5, 25,25", "61.5 25.25", "(61.5, 25.25)", "geo:61.5,25.25",
        "61°30'N 25°15'E", "25.25E, 61.5N", "N61.5 E25.25", "POINT (25.25 61.5)", "SRID=4326;POINT(25.25 61.5)",
        "POINT Z (25.25 61.5 100)", "MULTIPOINT((25.25 61.5))", "61.5/25.25",
        "61 30 N 25 15 E", "N 61 30 E 25 15",
    ],
)  # fmt: skip
def test_a_point_in_one_cell(text: str) -> None:
    assert point(text) == pytest.approx((61.5, 25.25))


def test_longitude_may_stand_first() -> None:
    assert point("25.25, 61.5", longitude_first=True) == (61.5, 25.25)


@pytest.mark.parametrize(
    "text",
    ["61,5,25,25", "61,5 25,25", "POINT EMPTY", "MULTIPOINT(1 2, 3 4)", "POLYGON((1 2,3 4,1 2))",
     "SRID=2154;POINT(1 2)", "61.5", "nan, nan", "[25.25, 61.5]"],
)  # fmt: skip
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        point(text)
