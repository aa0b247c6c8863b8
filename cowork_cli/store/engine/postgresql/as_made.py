"""What a store on a server is made of before anything is in it: the other side of `catalogue.parts`."""

from __future__ import annotations

import re

from cowork_cli.store.engine import as_made
from cowork_cli.store.engine.postgresql.scripts import scripts


def parts(version: int) -> dict[str, str]:
    """Its tables with their columns, which are those of a file, and its own rules, each switched on."""
    tables = as_made.columns(version)
    wanted = {f"table {name}": ", ".join(sorted(names)) for name, names in tables.items()}
    numbered = sum("AUTOINCREMENT" in sql for sql in as_made.parts(version).values())
    wanted |= {f"rule {name}": _ON * numbered for name in _OF_EACH_NUMBERED}
    for _, script in scripts(0, version):
        for what, name in _RULE.findall(script):
            if what == "CREATE":
                wanted[f"rule {name}"] = _ON
            else:
                wanted.pop(f"rule {name}", None)
    return wanted


_ON = "O"  # pg_trigger.tgenabled: asked by every session but one that copies
_OF_EACH_NUMBERED = ("give_id", "remember_id")
_RULE = re.compile(r"^(CREATE|DROP)(?: CONSTRAINT)? TRIGGER (?:IF EXISTS )?(\w+)", re.MULTILINE)
