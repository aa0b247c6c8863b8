"""Every list on a terminal of 60, 80 and 140 columns, with rows longer than anybody has them."""

import io
import pkgutil
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

import cowork_cli
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.output import plain_tables, terminal
from cowork_cli.output.columns import HOMES, columns_of
from cowork_cli.output.result import Result
from cowork_cli.output.table_cells import cells_of
from cowork_cli.output.views import VIEWS
from cowork_cli.records import field_names, is_dataclass

LATIN = "Gemeinschaftsbüro am Hafen, zweiter Stock links – Besprechungsraum „Fensterplatz“ Ende"
WIDE = "共同工作空间 港口二楼 会议室 ne\u0301cessaire フェンスタープラッツ 終"
MOMENT = datetime(2026, 11, 25, 14, 30, tzinfo=ZoneInfo("Europe/Berlin"))
VALUES: dict[Any, Any] = {
    Decimal: Decimal("1234.5"), int: 123_456, float: 1234.5, bool: True, date: date(2026, 11, 25),
    datetime: MOMENT, time: time(14, 30), Money: Money(123_456_789, "EUR"),
    Price: Price(Money(123_456, "EUR"), "half-day", "gross"), Path: Path("/home/erika/a file.pdf"),
    Ref: Ref("coworkingview", "betahaus-berlin-kreuzberg-prinzessinnenstrasse-19-20"),
}  # fmt: skip
ODD = {  # what a cell reads that its type alone does not tell
    ("Desk", "slots"): (), ("SkippedRow", "line"): 12, ("Place", "lat"): 52.51, ("Place", "lon"): 13.4,
}  # fmt: skip


@cache
def classes() -> dict[str, list[type]]:
    """Every dataclass of the program by its name."""
    found: dict[str, list[type]] = {}
    for module in pkgutil.walk_packages(cowork_cli.__path__, "cowork_cli."):
        if module.name.rpartition(".")[2] == "__main__":
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.name:
                found.setdefault(name, []).append(value)
    return found


def row_of(kind: str, text: str) -> Any:
    """A row of the type that is listed under this name: the one that has what its columns show."""
    for one in classes()[kind]:
        row = made_up(one, text)
        try:
            for column in columns_of(one):
                column.value(row)
        except AttributeError:
            continue
        return row
    raise AssertionError(f"no type of the name {kind} has what its columns show")


def made_up(kind: type, text: str) -> Any:
    """A row with every field known and every text long."""
    hints = get_type_hints(kind, {**named(), **vars(import_module(kind.__module__)), **extra()})
    return kind(
        **{
            name: "EUR"
            if name == "currency"
            else ODD.get((kind.__name__, name), value_of(hints[name], text))
            for name in field_names(kind)
        }
    )


def named() -> dict[str, type]:
    return {name: kinds[0] for name, kinds in classes().items()}


def extra() -> dict[str, Any]:
    return {"Any": Any, "Mapping": Mapping, "Money": Money, "Price": Price, "Ref": Ref}


def value_of(hint: Any, text: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in VALUES:
        return VALUES[hint]
    if hint is str or hint is Any:
        return text
    if isinstance(origin, type) and issubclass(origin, Mapping | dict):
        return {"wifi": value_of(arguments[1], text)}
    if isinstance(origin, type) and issubclass(origin, tuple | list | frozenset):
        return (value_of(arguments[0], text),)
    if NoneType in arguments or (arguments and origin is not None):
        return value_of(next(one for one in arguments if one is not NoneType), text)
    if is_dataclass(hint):
        return made_up(hint, text)
    return hint if isinstance(hint, str) else text


# Listed as `Explained` and as `ListedSpace`.
KINDS = sorted(set(HOMES) - {"Setting", "Space", "SpaceDetails"})


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_long_rows_keeps_what_it_is_about(kind: str, width: int) -> None:
    for text in (LATIN, WIDE):
        row = row_of(kind, text)
        stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        result = Result(rows=[row, row])
        drawn = plain_tables.plain_table(result, stdout, {}, colour=False, width=width)
        if drawn is None:
            terminal.write_table(result, stdout, colour=False, width=width)
            stdout.seek(0)
            drawn = stdout.read()
        lines = drawn.splitlines()
        assert max(map(cell_len, lines)) <= width, drawn
        hidden = drawn.rpartition("Not shown: ")[2].replace("\n", " ")
        shown = {column.header for column in cells_of([row, row], width).columns}
        squeezed = "".join(drawn.split())
        for column, cell in whole_cells(row):
            if column.about:
                assert column.header in shown, (column.header, drawn)
            if column.header not in shown:
                assert column.title in hidden, (column.header, drawn)
            elif column.right:
                assert cell in drawn, drawn
            elif column.typed:
                assert cell[:6].replace(" ", "") in squeezed


def whole_cells(row: Any) -> list[tuple[Any, str]]:
    """The columns of a table that have something to show, each with its whole cell."""
    cells = cells_of([row], 10_000)
    named = {column.header: column for column in columns_of(type(row))}
    return [
        (named[column.header], cell)
        for column, cell in zip(cells.columns, cells.lines[0], strict=True)
        if cell
    ]


def test_a_row_that_has_room_is_whole() -> None:
    row = row_of("Entry", "short")
    cells = cells_of([row], 200)
    assert (cells.widths, cells.said) == (None, "")


def test_views_are_lists_too() -> None:
    """A type with a view is drawn as a table in a list, so it is among those that are tried here."""
    assert {"Entry", "Invoice", "Booking", "HeldAddress"} <= set(KINDS) & set(VIEWS)
