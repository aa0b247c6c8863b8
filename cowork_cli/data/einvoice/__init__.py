"""Tables of e-invoices, read from two files beside this one on first use.

Both are built by `tools/build_einvoice_structure.py`, which names the sources: the schemas of
Factur-X 1.09.2, CII D22B and UBL 2.1, the rules of CEN 1.3.16 and XRechnung 2.6.0 (2026-08-31).
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> Any:
    return json.loads((files(__package__) / name).read_text(encoding="utf-8"))


def schema(name: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Root element → type, and all types, of `UBL`, `CII` or a profile such as `EN 16931`.

    A type is a list of children, `name type least most` (`*` for any number; after a first `|` only
    one of them), or for a value `=kind attribute needed-attribute!`; `=*` is anything.
    """
    found = _table("structure.json")[name]
    return found["roots"], found["types"]


def counts(profile: str) -> tuple[str, ...]:
    """`place|element|least|most`: what a profile of Factur-X says beyond its schema."""
    return tuple(_table("codes.json")["counts"].get(profile, ()))


@cache
def codes(name: str) -> frozenset[str]:
    """A code list, such as `units`."""
    return frozenset(_table("codes.json")["lists"][name].split())
