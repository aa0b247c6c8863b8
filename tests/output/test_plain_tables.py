"""Ordinary tables are set without Rich, and look to the letter as Rich sets them."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cowork_cli.output import columns as declared
from cowork_cli.output import layout, plain_tables, table_cells, terminal
from cowork_cli.output.columns import Column
from cowork_cli.output.result import Result
from cowork_cli.output.views import VIEWS


@dataclass(frozen=True)
class Invented:
    """A type without declared columns."""

    name: str


class Row:
    """A row of any cells; `share` is what its bar shows."""

    def __init__(self, cells: list[Any], share: int) -> None:
        self.cells, self.share = cells, share


ENV = {"TERM": "xterm-256color"}
ORDINARY = st.text("abcdefgXYZ 0123456789:äß€–·.,-%/+", max_size=14).map(str.strip)
ODD = st.sampled_from(
    ["日本", "a\nb", "[bold]x[/]", "\\", "e\u0301", " x", ":heart:", "\x1b[31m", "\t", "a\u00a0b", "x" * 60]
)  # fmt: skip
STATE = st.sampled_from(sorted(table_cells.STATE_STYLES))
CELL = st.one_of(ORDINARY, ORDINARY, ORDINARY, STATE, ODD)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str] = CELL) -> tuple[list[Column], list[Row]]:
    """Columns and rows, with sums, styles and bars or without."""
    count = draw(st.integers(1, 6))
    columns = []
    kinds = [draw(st.booleans()) for _ in range(count)]
    for index, is_figure in enumerate(kinds):
        columns.append(
            Column(
                draw(st.sampled_from(["A", "Name", "State", "To", "", "Longer header"])),
                lambda row, index=index: row.cells[index],
                str if is_figure else None,
                right=draw(st.booleans()),
                keep=draw(st.integers(1, 9)),
                style=draw(st.sampled_from([None, None, "cyan"])),
                total=is_figure and draw(st.booleans()),
            )
        )
    figure = st.integers(0, 10**6)
    rows = [
        Row([draw(figure if is_figure else cell) for is_figure in kinds], draw(st.integers(0, 99)))
        for _ in range(draw(st.integers(1, 5)))
    ]
    return columns, rows


def both(
    monkeypatch: pytest.MonkeyPatch,
    table: tuple[list[Column], list[Row]],
    *,
    colour: bool,
    width: int,
    bars: bool,
    title: str | None,
) -> tuple[str | None, str]:
    """(what is set here, what Rich sets)."""
    columns, rows = table
    with monkeypatch.context() as patch:
        for name, value in {**ENV, "COLUMNS": "999"}.items():
            patch.setenv(name, value)
        patch.setattr(table_cells, "columns_of", lambda kind: columns)
        patch.setitem(declared.BARS, "Row", "share")
        if not bars:
            patch.delitem(declared.BARS, "Row")
        result = Result(rows=rows, title=title)
        stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        own = plain_tables.plain_table(result, stdout, ENV, colour=colour, width=width)
        terminal.write_table(result, stdout, colour=colour, width=width)
        stdout.seek(0)
        return own, stdout.read()


ASKED = {
    "colour": st.booleans(),
    "width": st.integers(40, 200),
    "bars": st.booleans(),
    "title": st.sampled_from([None, "Hours", "Two words", "日本"]),
}


@given(table=tables(), **ASKED)
def test_both_writers_agree(
    table: tuple[list[Column], list[Row]], colour: bool, width: int, bars: bool, title: str | None
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        own, rich = both(monkeypatch, table, colour=colour, width=width, bars=bars, title=title)
    assume(own is not None)
    assert own == rich


@pytest.mark.parametrize("colour", [True, False])
def test_an_ordinary_table_does_not_fall_back(
    monkeypatch: pytest.MonkeyPatch, colour: bool
) -> None:
    columns = [
        Column("", lambda row: row.cells[0], style="cyan", keep=9),
        Column("State", lambda row: row.cells[1]),
        Column("Hours", lambda row: row.cells[2], str, right=True, keep=7, total=True),
    ]
    table = columns, [Row(["Büro – 1", "open", 1], 3), Row(["b", "09:00", 12], 70)]
    own, rich = both(monkeypatch, table, colour=colour, width=100, bars=True, title="Hours")
    assert own == rich
    assert own is not None
    assert "█" in own


@given(cell=ODD)
def test_what_is_odd_is_left_to_rich(cell: str) -> None:
    table = [Column("A", lambda row: row.cells[0])], [Row([cell], 0)]
    with pytest.MonkeyPatch.context() as monkeypatch:
        own, _ = both(monkeypatch, table, colour=True, width=50, bars=False, title=None)
    assert own is None


def test_every_character_that_is_set_here_is_one_cell_wide() -> None:
    narrow = "".join(sorted(layout.NARROW)) + table_cells.blocks(127)
    assert [char for char in narrow if cell_len(char) != 1 or not char.isprintable()] == []


def test_what_has_a_view_is_no_table() -> None:
    assert frozenset(VIEWS) == plain_tables.VIEWED


@pytest.mark.parametrize(
    ("encoding", "environ", "colour"),
    [("ascii", ENV, True), ("cp1252", ENV, False), ("utf-8", {"TERM": "dumb"}, True)],
)
def test_strange_terminals_are_left_to_rich(
    encoding: str, environ: dict[str, str], colour: bool
) -> None:
    stdout = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    result = Result(rows=[Invented("a")])
    usual = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert plain_tables.plain_table(result, usual, ENV, colour=colour, width=80) is not None
    assert plain_tables.plain_table(result, stdout, environ, colour=colour, width=80) is None
