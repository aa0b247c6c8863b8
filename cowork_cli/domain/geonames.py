"""Postcodes of a country as GeoNames lists them: one row, read strictly.

Format: https://download.geonames.org/export/zip/readme.txt (UTF-8, twelve columns split by tabs): country,
postcode, place, name and code of three levels of administration, latitude, longitude, accuracy.
Licence of the data: CC BY 4.0, attribution to GeoNames (www.geonames.org).
"""

from collections.abc import Iterator

from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

ATTRIBUTION = "Places abroad: GeoNames (www.geonames.org), CC BY 4.0, changed"
_COLUMNS = 12
_LONGEST = 200  # the length that the format gives to its names


@dataclass(frozen=True, slots=True)
class Listed:
    """One postcode of one place: `region` is the first level, `town` the third, where it is named.

    `lat` and `lon` in degrees, WGS 84; None where the list knows no point.
    """

    postcode: str
    place: str
    region: str
    town: str
    lat: float | None
    lon: float | None


def rows(text: str, country: str) -> Iterator[Listed]:
    """The rows of a list of that country. Raises BadInput with the line that is none, and why."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _row(line.rstrip("\r").split("\t"), country)
        except ValueError as why:
            raise BadInput(
                f"line {number} is no postcode of GeoNames: {why}",
                "take a file of https://download.geonames.org/export/zip/, as it is",
            ) from None


def _row(cells: list[str], country: str) -> Listed:
    if len(cells) != _COLUMNS:
        raise ValueError(f"it has {len(cells)} columns, not {_COLUMNS}")
    postcode, place, region, town = (cells[at].strip() for at in (1, 2, 3, 7))
    if cells[0] != country:
        raise ValueError(f'it is of the country "{cells[0]}", not {country}')
    if not postcode or len(postcode) > 20 or not postcode.isprintable():
        raise ValueError("its postcode cannot be read")
    for name in (place, region, town):
        if len(name) > _LONGEST or not name.isprintable():
            raise ValueError("its name cannot be read")
    if not any(sign.isalnum() for sign in place):
        raise ValueError("it names no place")
    return Listed(postcode, place, region, town, *_point(cells[9].strip(), cells[10].strip()))


def _point(lat: str, lon: str) -> tuple[float | None, float | None]:
    if not lat and not lon:
        return None, None
    degrees = []
    for text, most in ((lat, 90), (lon, 180)):
        whole, _, part = text.removeprefix("-").partition(".")
        if not (
            whole.isascii()
            and whole.isdigit()
            and ((part.isascii() and part.isdigit()) or not part)
        ):
            raise ValueError(f'"{text[:30]}" is no coordinate')
        degrees.append(float(text))
        if abs(degrees[-1]) > most:
            raise ValueError(f'"{text[:30]}" is no coordinate')
    return degrees[0], degrees[1]
