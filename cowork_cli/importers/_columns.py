"""The columns of a table: which holds which field, in which unit and order, and which is not used."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from cowork_cli.errors import BadInput
from cowork_cli.importers import _cells as cells_of
from cowork_cli.records import dataclass, field

FIELDS = (
    "from", "to", "date", "to-date", "duration", "pause", "project", "client", "note", "task", "tags",
    "place", "billable", "timezone", "id", "user", "client-name", "project-name", "date-format",
    "duration-unit", "pause-unit", "believe",
)  # fmt: skip
_WORDS = ("date-format", "duration-unit", "pause-unit", "believe")
_SEVERAL = ("note", "task", "tags", "user")
_NAMES = ("project", "client", "client-name", "project-name")
ORDERS = {"dmy": "dmy", "mdy": "mdy", "dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy"}
_NOTHING = dict.fromkeys(FIELDS, "")
_DASHES = frozenset(["-", "–", "—", "--"])
_NOBODY = re.compile(
    r"\(?(no|without|ohne|kein|keine|keinen) (project|client|customer|projekt|kunde|kunden)\)?"
    r"|n/a|\((none|keine?|unassigned)\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a program writes its table: the names of its columns by field, and what stands for nothing.

    `dashes`: a cell with only a dash is empty, whichever it is; else only where a dash can be no
    value. `open_end`: a row without an end is running, whatever its length so far.
    """

    called: str
    columns: Mapping[str, Sequence[str]]
    dashes: bool = True
    open_end: bool = False
    empty: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells of a row hold which field, and in which unit its lengths are."""

    layout: Layout
    header: Sequence[str]
    places: Mapping[str, tuple[int, ...]]
    units: Mapping[str, str | None] = field(default_factory=dict)

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """What every field holds, "" where there is no column for it."""
        said = _NOTHING.copy()
        for name in self.places:
            said[name] = self.cell(cells, name)
        return said

    def cell(self, cells: Sequence[str], name: str) -> str:
        """What a field holds, without what only stands for nothing."""
        places = self.places.get(name, ())
        if len(places) < 2:
            return self._value(cells[places[0]], name) if places else ""
        joined = {"tags": ",", "user": "\n"}.get(name, ": ")
        return joined.join(filter(None, self.cells(cells, name)))

    def cells(self, cells: Sequence[str], name: str) -> list[str]:
        """The cells of a field, empty where they stand for nothing."""
        return [self._value(cells[place], name) for place in self.places.get(name, ())]

    def _value(self, text: str, name: str) -> str:
        word = text.strip()
        if word in self.layout.empty or (name in _NAMES and _is_nobody(word)):
            return ""
        if word not in _DASHES:
            return text
        return text if not self.layout.dashes and name in ("note", "tags", "place", "task") else ""


@lru_cache(maxsize=1024)
def _is_nobody(word: str) -> bool:
    return _NOBODY.fullmatch(word) is not None


def columns_of(
    path: Path, header: Sequence[str], options: Mapping[str, str], layout: Layout
) -> Columns:
    names = [plain(name) for name in header]
    places: dict[str, tuple[int, ...]] = {}
    for name, usual in layout.columns.items():
        known = [names.index(one) for one in usual if one in names]
        if known:
            places[name] = tuple(known) if name == "user" else (known[0],)
    for name, asked in options.items():
        if name in FIELDS and name not in _WORDS:
            places[name] = _asked(path, name, asked, header, names)
    _refuse_a_stray_pause(path, header, places, options)
    _refuse_without_times(path, layout, places, options)
    return Columns(layout, header, places, _units(header, places, options))


def _asked(
    path: Path, name: str, asked: str, header: Sequence[str], names: Sequence[str]
) -> tuple[int, ...]:
    """The places of the columns that `--map` names; several for what can hold them; `-` is none."""
    wanted = asked.split("\n")
    if len(wanted) > 1 and name not in _SEVERAL:
        raise BadInput(
            f"{name} was mapped to {len(wanted)} columns",
            f"only {', '.join(_SEVERAL)} take several",
        )
    places = []
    for column in wanted:
        if column == "-" and "-" not in names:
            continue
        if plain(column) not in names:
            shown = ", ".join(one.strip() for one in header)[:200]
            raise BadInput(f'{path} has no column "{column}"', f"its columns are: {shown}")
        places.append(names.index(plain(column)))
    return tuple(places)


def _refuse_a_stray_pause(
    path: Path,
    header: Sequence[str],
    places: Mapping[str, tuple[int, ...]],
    options: Mapping[str, str],
) -> None:
    """A pause that is not understood would be billed as work."""
    used = {place for own in places.values() for place in own}
    for place, name in enumerate(header):
        if (
            place not in used
            and re.search(r"\b(pausen?|breaks?)\b", plain(name))
            and "pause" not in options
        ):
            raise BadInput(
                f'{path} has a column "{name.strip()}" for pauses beside the one that is read',
                "name the column with their length: `--map pause=COLUMN`, or `--map pause=-` for none",
            )


def _refuse_without_times(
    path: Path,
    layout: Layout,
    places: Mapping[str, tuple[int, ...]],
    options: Mapping[str, str],
) -> None:
    if "from" in places and ("to" in places or "duration" in places):
        return
    if "from" not in places and "date" in places and "duration" in places:
        if "start" in options:
            return
        raise BadInput(
            f"{path} is not {layout.called} with times: no column for the start, only lengths",
            "lay them one behind the other from a time of day: `--start 09:00`",
        )
    missing = "start" if "from" not in places else "end or duration"
    raise BadInput(
        f"{path} is not {layout.called}: no column for the {missing}",
        "name the columns: `--map from=COLUMN --map to=COLUMN --map project=COLUMN`",
    )


def _units(
    header: Sequence[str], places: Mapping[str, tuple[int, ...]], options: Mapping[str, str]
) -> dict[str, str | None]:
    units = {}
    for name in ("duration", "pause"):
        asked = options.get(f"{name}-unit")
        known = places.get(name)
        units[name] = cells_of.chosen(asked, tuple(cells_of.UNITS), f"{name}-unit") or (
            cells_of.unit_of(header[known[0]]) if known else None
        )
    return units


def unused(columns: Columns) -> list[str]:
    used = {place for places in columns.places.values() for place in places}
    return [
        name.strip()
        for place, name in enumerate(columns.header)
        if place not in used and name.strip()
    ]


def plain(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split())


def date_order(
    path: Path, columns: Columns, rows: Iterable[Sequence[str]], asked: str | None
) -> str:
    """`dmy` or `mdy` for dates such as 05/11/2026: as asked, else what the whole file shows."""
    if asked is not None:
        if asked.lower() not in ORDERS:
            raise BadInput(f'"{asked}" is not a date format', f"choose of {', '.join(ORDERS)}")
        return ORDERS[asked.lower()]
    unclear = False
    seen = set()
    form = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2\d{4}")
    names = [name for name in ("date", "to-date", "from", "to") if name in columns.places]
    for cells in rows:
        for name in names:
            if match := form.match(columns.cell(cells, name).strip()):
                first, second = int(match[1]), int(match[3])
                seen |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
                unclear = unclear or first != second
    if len(seen) > 1:
        raise BadInput(
            f"{path} has dates with the day first and dates with the month first",
            "say which is meant: `--map date-format=dd/mm/yyyy`",
        )
    if unclear and not seen:
        raise BadInput(
            f"{path} does not show whether the day or the month comes first in its dates",
            "say which: `--map date-format=dd/mm/yyyy` or `--map date-format=mm/dd/yyyy`",
        )
    return seen.pop() if seen else "dmy"
