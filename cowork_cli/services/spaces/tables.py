"""Spaces from rows with headings: CSV files of any hand, German or English, and GeoJSON properties.

A heading is read by its folded words (`PLZ`, `Straße und Hausnummer`, `Preis pro Tag (brutto)`). What
is not understood is not guessed: it is returned as not used, and the command says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cowork_cli.domain import texts
from cowork_cli.domain.amounts import parse_price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold, land_code, parse_point
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import AMENITIES, Hours, NotedSpace, Skipped, Source, Space
from cowork_cli.domain.spreadsheet import as_it_was
from cowork_cli.errors import BadInput, CoworkError
from cowork_cli.services.identifiers.contacts import check_postcode
from cowork_cli.services.spaces.facts import (
    FIELDS,
    amenity_named,
    check_kinds,
    country_code,
    german_country,
    german_point,
    parse_amenities,
)

if TYPE_CHECKING:
    from csv import DictReader

LOCAL = "local"

_HEADINGS = {
    "name": "name bezeichnung titel title space raum coworking|coworking space|name des space",
    "street": "street strasse|strasse und hausnummer|strasse hausnummer|strasse nr|street address",
    "house_number": "hausnummer hausnr nr|house number|hnr",
    "address": "adresse anschrift address|postal address|full address",
    "postcode": "plz postleitzahl zip postcode|zip code|postal code|post code",
    "city": "city ort stadt town gemeinde wohnort village|plz ort",
    "country": "country land staat|country code|laendercode",
    "lat": "lat latitude breite breitengrad|geo lat",
    "lon": "lon lng long longitude laenge laengengrad|geo lon|geo lng",
    "email": "email mail|e mail|e mail adresse|email adresse|email address",
    "phone": "phone telefon tel telefonnummer telephone fon|tel nr|phone number",
    "website": "website webseite web url homepage internet internetseite link|web site",
    "hours": "hours oeffnungszeiten oeffnungszeit geoeffnet|opening hours|opening times",
    "kinds": "kinds kind art angebot angebote typ type",
    "amenities": "amenities amenity ausstattung extras equipment",
    "prices": "prices price",
    "licence": "licence license lizenz",
    "as_of": "as of|stand",
    "ref": "ref",
    "timezone": "timezone zeitzone|time zone",
    "notes": "notes",
}


def _spellings(words: str) -> list[str]:
    single, *phrases = words.split("|")
    return [*single.split(), *phrases]


_BY_HEADING = {
    spelling: name for name, words in _HEADINGS.items() for spelling in _spellings(words)
} | {fold(name): name for name in FIELDS}

_UNITS = {
    "half-day": r"halbtag\w*|halber tag|half day|halbtages\w*",
    "day": r"tag|tage|tages\w*|day|daily|daypass",
    "hour": r"stunde\w*|hour|hourly|std",
    "week": r"woche\w*|week|weekly",
    "month": r"monat\w*|month|monthly",
    "year": r"jahr\w*|year|yearly|annual",
}
_PRICE_WORDS = r"\w*(preis|price|ticket|tarif|kosten|cost|fee|rate|pass|eur|euro|karte)\w*"
_TAXES = {"net": r"netto|net|zzgl", "gross": r"brutto|gross|inkl|incl"}


@dataclass(slots=True)
class Columns:
    """How the headings of a file were read: heading → field, and those that nothing reads."""

    used: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def understood(headings: Iterable[str]) -> Columns:
    """What each heading means: a field of ours, `price:day:gross`, or `amenity:wifi`."""
    columns = Columns()
    for heading in headings:
        meaning = _meaning(heading)
        taken = meaning in columns.used.values() and not str(meaning).startswith("amenity:")
        if meaning is None or taken:
            columns.unused.append(heading)
        else:
            columns.used[heading] = meaning
    return columns


def _meaning(heading: str) -> str | None:
    words = fold(heading)
    if words in _BY_HEADING:
        return _BY_HEADING[words]
    priced = re.search(rf"\b{_PRICE_WORDS}\b", words)
    unit = next((per for per, form in _UNITS.items() if re.search(rf"\b(?:{form})\b", words)), None)
    if priced and unit:
        tax = next(
            (tax for tax, form in _TAXES.items() if re.search(rf"\b(?:{form})\b", words)), ""
        )
        return f"price:{unit}:{tax}"
    amenity = amenity_named(heading)
    return f"amenity:{amenity}" if amenity in AMENITIES else None


# ---- files


def read_csv(path_name: str, text: str) -> tuple[Columns, list[Space | Skipped]]:
    """The rows of a CSV file and how its headings were read. Raises BadInput without a name."""
    import csv
    import io

    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _read_rows(reader, path_name)
    except csv.Error as error:
        raise BadInput(
            f"{path_name} is not a CSV file: {error}, line {reader.line_num}",
            "save it again as CSV, in UTF-8",
        ) from None


def _read_rows(reader: "DictReader[str]", path_name: str) -> tuple[Columns, list[Space | Skipped]]:
    headings = [str(name).strip() for name in reader.fieldnames or []]
    columns = understood(name for name in headings if name)
    if "name" not in columns.used.values():
        raise BadInput(
            f'{path_name} has no column "name"',
            f"columns are {', '.join(FIELDS)}; only name must be there",
        )
    rows: list[Space | Skipped] = []
    for values in reader:
        cells = {
            str(key).strip(): as_it_was(value) if isinstance(value, str) else value
            for key, value in values.items()
            if key is not None
        }
        if any(str(value or "").strip() for value in cells.values()):
            rows.append(from_cells(cells, columns, f"{path_name}, line {reader.line_num}"))
        else:
            rows.append(Skipped(f"{path_name}, line {reader.line_num}", None, "has no name"))
    return columns, rows


def from_cells(cells: Mapping[str, Any], columns: Columns, where: str) -> Space | Skipped:
    """One row by its headings; `where` names it in messages."""
    given: dict[str, Any] = {}
    prices, amenities = [], []
    for heading, meaning in columns.used.items():
        value = _text(cells.get(heading), "\n" if meaning == "notes" else "|")
        kind, _, detail = meaning.partition(":")
        if not value:
            continue
        if kind == "price":
            per, _, tax = detail.partition(":")
            prices.append(_price(per, value, tax))
        elif kind == "amenity":
            amenities.append(f"{detail}={value}")
        else:
            given[meaning] = value
    return from_fields(given, where, prices, amenities)


def _text(value: object, between: str) -> str:
    """A cell as text; a list as our own exports write it into CSV."""
    if isinstance(value, list):
        return between.join(map(str, value))
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _price(per: str, value: str, tax: str) -> str:
    """`18,00 €` under `Preis pro Tag` as `day=18,00`."""
    stated = next(
        (word for word, form in _TAXES.items() if re.search(rf"\b(?:{form})\b", fold(value))), tax
    )
    amount = re.sub(
        r"(?i)€|\beur(?:o)?\b|\b(?:netto|brutto|net|gross|zzgl\.?|inkl\.?|ust\.?|mwst\.?)",
        "",
        value,
    )
    return f"{per}={amount.strip().removesuffix(',-').removesuffix('.-').strip()}{stated}"


def from_fields(
    fields: Mapping[str, Any],
    where: str,
    prices: Sequence[str] = (),
    amenities: Sequence[str] = (),
) -> Space | Skipped:
    """A space from named fields, as our own exports write them."""
    given = {
        name: text
        for name, value in fields.items()
        if isinstance(value, str | int | float) and (text := texts.harmless(str(value)).strip())
    }
    name = given.get("name")
    if not name or not fold(name):
        return Skipped(given.get("ref") or where, None, "has no name")
    try:
        return _space(name, given, prices, amenities)
    except CoworkError as error:
        return Skipped(given.get("ref") or where, name, error.message)


def _space(
    name: str, given: Mapping[str, str], prices: Sequence[str], amenities: Sequence[str]
) -> Space:
    ref = Ref.parse(given["ref"]) if "ref" in given else Ref(LOCAL, "")
    if ref is None:
        raise BadInput(f'"{given["ref"]}" is not a ref')
    postal, point = _postal(given), _point(given)
    if ref.account == LOCAL:  # of other sources nothing is added to what they say
        country = postal.country or german_country(postal.postcode, postal.city)
        postal = replace(postal, country=country)
        point = point or german_point(postal)
    zone = given.get("timezone")
    if zone:
        from cowork_cli.domain.zones import zone_named

        zone_named(zone)
    notes = (line.strip() for line in given.get("notes", "").splitlines())
    return NotedSpace(
        ref=ref,
        name=name,
        address=postal,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        kinds=check_kinds(_parts(given.get("kinds"))),
        amenities={**parse_amenities([*_parts(given.get("amenities")), *amenities])},
        hours=Hours(given.get("hours")),
        website=given.get("website"),
        phone=given.get("phone"),
        email=given.get("email"),
        prices=tuple(parse_price(text) for text in [*_parts(given.get("prices"), "|;"), *prices]),
        timezone=zone,
        sources=(Source(ref.account, ref, given.get("licence"), given.get("as_of")),),
        notes=tuple(dict.fromkeys(filter(None, notes))),
    )


def _point(given: Mapping[str, str]) -> tuple[float, float] | None:
    if "lat" not in given or "lon" not in given:
        return None
    point = parse_point(f"{given['lat'].replace(',', '.')},{given['lon'].replace(',', '.')}")
    if point is None:
        raise BadInput(f'"{given["lat"]}, {given["lon"]}" is not a point')
    return point


def _postal(given: Mapping[str, str]) -> PostalAddress:
    """The address; one cell that holds all of it is taken apart: `Ring 1, 20095 Hamburg`."""
    street, postcode, city = (given.get(part) for part in ("street", "postcode", "city"))
    if not street and "address" in given:
        match = re.fullmatch(r"(.+?)[,;|\n]\s*(?:[A-Z]{1,2}-)?(\d{4,5})\s+(.+)", given["address"])
        street = match[1].strip() if match else given["address"]
        if match:
            postcode, city = postcode or match[2], city or match[3].strip()
    if street and "house_number" in given:
        street = f"{street} {given['house_number']}"
    both = re.fullmatch(r"(\d{4,5})\s+(\D.*)", city or "")
    if both and not postcode:
        postcode, city = both[1], both[2]
    country = given.get("country")
    # "Land" heads a column of countries or of German Länder; the latter is no country.
    if country is None:
        return PostalAddress(street, postcode, city)
    land = len(country) > 2 and land_code(country) is not None
    code = "DE" if land else country_code(country)
    if postcode:
        postcode = check_postcode(postcode, code)
    return PostalAddress(street, postcode, city, code)


def _parts(text: str | None, signs: str = ",|;") -> list[str]:
    return [part.strip() for part in re.split(f"[{re.escape(signs)}]", text or "") if part.strip()]
