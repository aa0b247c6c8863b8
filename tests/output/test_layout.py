"""Cells in the width there is: wrapped between words, shortened in their middle, as wide as a terminal sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cowork_cli.output.columns import Column
from cowork_cli.output.layout import cell_width, fitted, lay_out, shortened, wrapped
from cowork_cli.output.table_cells import cells_of

TEXT = st.text(st.sampled_from("abc ÄßéЖ日本語フ終e\u0301\u0308-/:.,"), max_size=80)


@given(text=TEXT)
def test_widths_are_those_of_a_terminal(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(text=TEXT, width=st.integers(4, 30))
def test_a_fitted_cell_is_never_wider(text: str, width: int) -> None:
    for one_line in (True, False):
        lines = fitted(text, width, one_line=one_line).split("\n")
        assert max(map(cell_len, lines)) <= width
        assert len(lines) <= (1 if one_line else 5)
    whole = fitted(text, width, breaks=True)
    assert "".join(whole.split()) == "".join(text.split()), "of an id every letter is there"


@given(text=TEXT, width=st.integers(2, 40))
def test_a_shortened_text_begins_and_ends_as_it_did(text: str, width: int) -> None:
    short = shortened(text, width)
    assert cell_len(short) <= width
    if short != text:
        first, last = short.split("…")
        assert text.startswith(first)
        assert text.endswith(last)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("local:buero-am-hafen/desk-1", 12, ["local:buero-", "am-hafen/", "desk-1"]),
        ("Besprechungsraum", 10, ["Besprechun", "gsraum"]),
        ("日本語の部屋", 6, ["日本語", "の部屋"]),
        ("a\nb", 5, ["a", "b"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_between_words_and_behind_signs(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(text, width) == lines


def columns(*keeps: int) -> list[Column]:
    return [
        Column(f"C{number}", lambda row, number=number: row[number], keep=keep)
        for number, keep in enumerate(keeps)
    ]


def test_the_least_important_column_goes_first_and_is_named() -> None:
    row = ("word " * 6, "word " * 6, "word " * 6)
    cells = cells_of([row], 50, columns(9, 3, 5))
    assert [column.header for column in cells.columns] == ["C0", "C2"]
    assert cells.said == "Not shown: C1; see `-o csv`."
    assert cells_of([row], 200, columns(9, 3, 5)).said == ""


def test_a_column_of_nothing_is_no_loss() -> None:
    cells = cells_of([("a", "", "b")], 100, columns(9, 8, 8))
    assert [column.header for column in cells.columns] == ["C0", "C2"]
    assert cells.said == ""


def test_what_a_row_is_about_is_there_at_any_width() -> None:
    row = tuple("word " * 8 for _ in range(6))
    for width in (10, 20, 40, 60, 80):
        layout = lay_out(columns(9, 8, 8, 8, 8, 8), [row], width)
        assert layout.shown == (0, 1, 2, 3, 4, 5)
    assert lay_out(columns(9, 8, 8, 8, 8, 8), [row], 20).gap == 0, "one under another"
