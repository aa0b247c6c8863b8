"""Rows: tuples whose values have the names of their columns."""

import sqlite3

import pytest

from cowork_cli.store.engine.rows import as_dict, named, row_class


def _rows(sql: str) -> list:
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.execute(sql)
        return named(cursor.description, cursor)
    finally:
        connection.close()


def test_a_row_is_a_tuple_with_names() -> None:
    (row,) = _rows("SELECT 1 AS id, 'x' AS count, NULL AS \"index\"")
    assert (row.id, row.count, row.index) == (1, "x", None)
    assert row == (1, "x", None)
    number, *rest = row
    assert (number, rest) == (1, ["x", None])
    assert as_dict(row) == {"id": 1, "count": "x", "index": None}
    assert list(as_dict(row)) == ["id", "count", "index"]


def test_a_name_of_two_columns_is_no_name() -> None:
    (row,) = _rows("SELECT 1 AS id, 2 AS id, 3 AS day")
    assert row.day == 3
    with pytest.raises(AttributeError):
        _ = row.id


def test_a_name_that_is_not_there_is_an_error_and_rows_cannot_be_changed() -> None:
    (row,) = _rows("SELECT 1 AS id")
    with pytest.raises(AttributeError):
        _ = row.day
    with pytest.raises(AttributeError):
        row.id = 2


def test_rows_of_the_same_columns_share_their_class() -> None:
    assert type(_rows("SELECT 1 AS a, 2 AS b")[0]) is type(_rows("SELECT 3 AS a, 4 AS b")[0])
    assert row_class(("a", "b")) is not row_class(("b", "a"))
    assert _rows("SELECT 1 AS a WHERE 1 = 0") == []
