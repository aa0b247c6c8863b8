"""Owns what a place is, how names are compared and how far two points are apart.

Pure: no file, no network, no clock. Every part of the product that compares names (places,
spaces, cities in provider answers) goes through :func:`fold`, so that one spelling rule holds
everywhere.
"""

import math
import re
import unicodedata

from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

# Mean Earth radius in km (IUGG), the usual choice for the haversine formula.
_EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = 111.32

# Letters which Unicode does not decompose into a base letter and an accent. The German pairs
# come first: "ä" must become "ae" and not "a", since Munster and Münster are two towns.
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "'": "",
        "’": "",
        "ʼ": "",
    }
)

LANDS: dict[str, str] = {
    "BB": "Brandenburg",
    "BE": "Berlin",
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "HB": "Bremen",
    "HE": "Hessen",
    "HH": "Hamburg",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SH": "Schleswig-Holstein",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}
"""ISO 3166-2 code without ``DE-`` -> German name of the Land."""

# Keys are folded. Beside the code and the German name people type the usual abbreviations and
# the English names.
_LAND_ALIASES: dict[str, str] = {
    "ba wue": "BW",
    "bavaria": "BY",
    "bawue": "BW",
    "freie hansestadt bremen": "HB",
    "freistaat bayern": "BY",
    "freistaat sachsen": "SN",
    "freistaat thueringen": "TH",
    "hesse": "HE",
    "lower saxony": "NI",
    "lsa": "ST",
    "meck pomm": "MV",
    "mecklenburg western pomerania": "MV",
    "nds": "NI",
    "north rhine westphalia": "NW",
    "nrw": "NW",
    "rhineland palatinate": "RP",
    "rlp": "RP",
    "saxony": "SN",
    "saxony anhalt": "ST",
    "thuringia": "TH",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place; the fields in this order are the fields of ``place find`` in JSON.

    ``name``: as written by the source, e.g. ``Wiesenburg/Mark``. ``postcode``: the lowest of
    the place, or the one asked for; None where unknown. ``land``: a key of :data:`LANDS`, None
    where unknown. ``lat``, ``lon``: degrees, WGS 84.
    """

    name: str
    postcode: str | None
    land: str | None
    lat: float
    lon: float


def fold(text: str) -> str:
    """Return the form of a name used for comparing: lower case letters, digits, single blanks.

    ``Münster``, ``MUENSTER`` and ``münster`` become equal, so do ``Straße`` and ``Strasse``.
    Other accents are dropped. Blanks, hyphens, slashes and all other signs count as one blank,
    apostrophes as nothing. Text without a letter or digit gives ``""``.
    """
    # NFC first: file names and terminals on some systems deliver "u" + U+0308 for "ü".
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", lowered)
    kept = "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    )
    return " ".join(kept.split())


# Words which German place names use to say "which one": Frankfurt am Main, Neustadt a.d. Aisch.
LINK_WORDS = frozenset(
    [
        "a",
        "am",
        "an",
        "auf",
        "b",
        "bei",
        "d",
        "den",
        "der",
        "dem",
        "i",
        "im",
        "in",
        "o",
        "ob",
        "u",
        "unter",
        "v",
        "vor",
        "vorm",
    ]
)
_ADDITION = re.compile(
    r"\s*[,(/]|\s(?:am|an|auf|bei|im|in|ob|unter|vor|vorm)\s|\s(?:a|b|i|o|u|v)\.",
)


def loose_key(folded: str) -> str:
    """Return a folded name without link words and with ``sankt`` as ``st``.

    Makes ``frankfurt an der oder``, ``frankfurt oder`` and ``frankfurt a d oder`` equal. A name
    of link words only is returned as it is.
    """
    words = ["st" if word == "sankt" else word for word in folded.split()]
    kept = [word for word in words if word not in LINK_WORDS]
    return " ".join(kept or words)


def full_keys(name: str) -> set[str]:
    """Return the folded forms under which a place is called by its whole name.

    The halves of a bilingual name (``Bautzen - Budyšin``) count as whole names.
    """
    keys: set[str] = set()
    for part in (name, *name.split(" - ")):
        folded = fold(part)
        keys |= {folded, loose_key(folded)}
    return keys - {""}


def short_keys(name: str) -> set[str]:
    """Return the folded forms without an addition: ``wiesenburg`` for ``Wiesenburg/Mark``.

    Cuts at the first comma, bracket or slash and before ``am``, ``bei``, ``an der`` and the
    like. Forms which are whole names (:func:`full_keys`) are left out.
    """
    keys: set[str] = set()
    for part in name.split(" - "):
        folded = fold(_ADDITION.split(part, maxsplit=1)[0])
        keys |= {folded, loose_key(folded)}
    return keys - full_keys(name) - {""}


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points given in degrees (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = math.sin((phi2 - phi1) / 2)
    half_lon = math.sin(math.radians(lon2 - lon1) / 2)
    inner = half_lat * half_lat + math.cos(phi1) * math.cos(phi2) * half_lon * half_lon
    # Rounding can lift opposite points a hair above 1, where asin has no value.
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, inner)))


def box(lat: float, lon: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west, east in degrees: a box that holds the circle."""
    high = radius_km / KM_PER_DEGREE * 1.01
    wide = min(180.0, high / max(0.01, math.cos(math.radians(min(89.0, abs(lat) + high)))))
    return lat - high, lat + high, lon - wide, lon + wide


COMPASS = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> int:
    """Return the direction to set out in from the first point to the second: 0 north, 90 east."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    turn = math.radians(lon2 - lon1)
    north = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(turn)
    return round(math.degrees(math.atan2(math.sin(turn) * math.cos(phi2), north))) % 360


def compass_word(bearing: int) -> str:
    """Return the one of eight directions that is nearest to a bearing in degrees."""
    return COMPASS[round(bearing / 45) % 8]


# Two decimal numbers; without a sign between them both need their point (`52.5 13.4`).
_POINT = re.compile(
    r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)\s*"
    r"|\s*([+-]?\d+\.\d+)\s+([+-]?\d+\.\d+)\s*"
)


def parse_point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of ``53.55,9.99`` in degrees; None if it is no such pair.

    Raises BadInput for a pair of numbers that is no point on earth.
    """
    match = _POINT.fullmatch(text)
    if match is None or not text.isascii():
        return None
    lat, lon = (float(number) for number in match.groups() if number is not None)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput(f'"{text}" is no point on earth', "write it as `LAT,LON`, `53.55,9.99`")
    return lat, lon


def land_code(text: str) -> str | None:
    """Return the key of :data:`LANDS` meant by a code or name, None if there is no such Land.

    Accepts ``NW``, ``DE-NW``, ``NRW``, ``Nordrhein-Westfalen``, ``North Rhine-Westphalia``.
    """
    folded = fold(text)
    code = folded.removeprefix("de ").upper()
    if code in LANDS:
        return code
    return _LAND_NAMES.get(folded)


_LAND_NAMES: dict[str, str] = {fold(name): code for code, name in LANDS.items()} | _LAND_ALIASES
