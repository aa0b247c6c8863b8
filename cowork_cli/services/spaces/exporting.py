"""The own directory as a file: GeoJSON, CSV or JSON, in the fields that an import reads."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.domain.spreadsheet import defused
from cowork_cli.errors import BadInput
from cowork_cli.services.spaces.facts import FIELDS

FORMATS = ("geojson", "csv", "json")
Notes = Mapping[Ref, Sequence[str]]


def written(directory: Sequence[Space], notes: Notes, form: str) -> tuple[bytes, tuple[str, ...]]:
    """The spaces in that format with sources, licences and own notes; and what had to be changed.

    Cells of a CSV file that a spreadsheet could take for a formula get an apostrophe, which an import
    takes off again. Raises BadInput.
    """
    if form == "csv":
        return _csv(directory, notes)
    if form == "json":
        return _json([_fields(space, notes) for space in directory]), ()
    if form == "geojson":
        features = [_feature(space, notes) for space in directory]
        return _json({"type": "FeatureCollection", "features": features}), ()
    raise BadInput(f'"{form}" is not a format', f"choose one of {', '.join(FORMATS)}")


def _fields(space: Space, notes: Notes) -> dict[str, Any]:
    source = space.sources[0] if space.sources else None
    values = (
        str(space.ref), space.name, space.address.street, space.address.postcode,
        space.address.city, space.address.country, space.lat, space.lon, space.email, space.phone,
        space.website, space.hours.text, list(space.kinds),
        [name if there else f"{name}=no" for name, there in space.amenities.items() if there is not None],
        [_price(space, index) for index in range(len(space.prices))],
        source.licence if source else None, source.as_of if source else None, space.timezone,
        list(notes.get(space.ref, ())),
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _price(space: Space, index: int) -> str:
    price = space.prices[index]
    tax = "" if price.tax == "unknown" else price.tax
    return f"{price.per}={price.money.amount:f}{tax}"


def _feature(space: Space, notes: Notes) -> dict[str, Any]:
    fields = _fields(space, notes)
    lat, lon = fields.pop("lat"), fields.pop("lon")
    point = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": fields}


def _csv(directory: Sequence[Space], notes: Notes) -> tuple[bytes, tuple[str, ...]]:
    text, changed = io.StringIO(), list[str]()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for number, space in enumerate(directory, 2):
        cells = [_cell(name, value) for name, value in _fields(space, notes).items()]
        writer.writerow(defused(cells, FIELDS, number, changed))
    return text.getvalue().encode(), tuple(changed)


def _cell(name: str, value: Any) -> str:
    """A list by `|`; notes, which may hold any sign but this, by the end of a line."""
    if isinstance(value, list):
        return ("\n" if name == "notes" else "|").join(value)
    return "" if value is None else str(value)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
