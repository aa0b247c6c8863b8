"""Hamster: the report as TSV or XML, of the GNOME program or of `hamster-cli`.

A fact is an activity in a category: `category/activity`, the category is the client. `Unsorted` is
no category, `None` the end of the fact that runs. An iCalendar of hamster has no zones, tags or
minutes and is not read.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._files import text_of, wrong_shape
from cowork_cli.importers._table import Records, read_lines

OPTIONS = FIELDS
_LAYOUT = Layout(
    "a report of hamster",
    {
        "from": ("start time",),
        "to": ("end time",),
        "duration": ("duration minutes",),
        "project": ("activity",),
        "client": ("category",),
        "note": ("description",),
        "tags": ("tags",),
    },
    dashes=False,
    open_end=True,
    empty=("None", "Unsorted"),
)
_XML = {
    "name": "activity", "start_time": "start time", "end_time": "end time",
    "duration_minutes": "duration minutes", "category": "category", "description": "description",
    "tags": "tags",
}  # fmt: skip


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The facts of a report. Raises NotFound, BadInput."""
    is_xml = text_of(path).lstrip().startswith("<")
    lines = _facts(path) if is_xml else Records(path, _LAYOUT)
    return read_lines(path, lines, zone, options, _LAYOUT, say)


def _facts(path: Path) -> list[tuple[int, list[str]]]:
    """The facts of the XML report, counted from 1, behind a header."""
    from xml.etree import ElementTree

    text = text_of(path)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # entities that hold each other make gigabytes
        raise wrong_shape(path, "a report of hamster: it declares a document type")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise wrong_shape(path, f"whole XML ({error})") from None
    if root.tag != "activities":
        raise wrong_shape(path, "a report of hamster: its XML holds no activities")
    facts = [
        (number, [fact.get(name, "") for name in _XML])
        for number, fact in enumerate(root.iter("activity"), 1)
    ]
    return [(0, list(_XML.values())), *facts]
