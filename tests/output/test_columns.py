"""Columns that are declared are the ones that are shown."""

import pkgutil
from importlib import import_module

from cowork_cli.output import columns


def test_every_declaration_has_its_home() -> None:
    """A type that is missing in HOMES would be shown field by field, as Python writes it."""
    declared = {
        kind: module.name
        for module in pkgutil.iter_modules(columns.__path__)
        for kind in getattr(import_module(f"{columns.__name__}.{module.name}"), "COLUMNS", {})
    }
    assert declared == columns.HOMES
