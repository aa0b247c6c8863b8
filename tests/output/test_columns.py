"""Columns that are declared are the ones that are shown."""

import json
import pkgutil
from importlib import import_module
from pathlib import Path

from cowork_cli.output import columns, text
from cowork_cli.output.columns import _column


def test_every_declaration_has_its_home() -> None:
    """A type that is missing in HOMES would be shown field by field, as Python writes it."""
    declared = {
        kind: module.name
        for module in pkgutil.iter_modules(columns.__path__)
        for kind in getattr(import_module(f"{columns.__name__}.{module.name}"), "COLUMNS", {})
    }
    assert declared == columns.HOMES


def test_columns_are_only_added_at_the_end() -> None:
    """`plain_order.json` is what scripts may count on: a new column is written behind the last one there."""
    known = json.loads((Path(__file__).parent / "plain_order.json").read_text(encoding="utf-8"))
    for kind, names in known.items():
        declared = columns.columns_named(kind)
        assert declared is not None, kind
        assert [column.name for column in declared][: len(names)] == names, kind


def test_money_has_its_parts() -> None:
    """Every column with money or a price is there again as amount and currency, for programs."""
    for kind in columns.HOMES:
        declared = columns.columns_named(kind) or ()
        names = {column.name for column in declared}
        for column in declared:
            if column.cell in (text.money, text.price, _column.money):
                assert {f"{column.name} amount", f"{column.name} currency"} <= names, kind
