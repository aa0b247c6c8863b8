"""What an error of SQLite means: no one outside of the store sees one of its own."""

from __future__ import annotations

import sqlite3

from cowork_cli.errors import (
    CoworkError,
    DiskFull,
    Failed,
    RuleBroken,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLost,
    StoreUnreadable,
)
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.rules import OF_TRIGGERS, OF_UNIQUE, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


NO_TEXT = "Could not decode to UTF-8"
"""What Python's `sqlite3` says of a value of text that is none."""

MOVED = "the store has moved"
"""What a file says that was left behind by `data move`."""


def is_the_disk(error: sqlite3.Error) -> bool:
    """Whether the disk or another process is the reason, and not the statement."""
    return _name(error).startswith(("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR"))


def translated(
    error: sqlite3.Error | UnicodeDecodeError, path: str | Path, advice: str | None
) -> CoworkError:
    """The error of ours that `error` of SQLite means. A damaged schema is quoted in no encoding at all."""
    if isinstance(error, UnicodeDecodeError) or NO_TEXT in str(error):
        return StoreDamaged(f"the store {path} is damaged: text in it is no UTF-8", advice)
    name = _name(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _moved(path) if str(error) == MOVED else broken(error)
    if name.startswith("SQLITE_FULL"):
        return DiskFull("the disk is full, nothing was changed", "free some space and run it again")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(
            f"another process has held the store for {BUSY_MS // 1000} seconds, nothing was changed",
            "run it again when the other command is done",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged(f"the store {path} is damaged: {error}", advice)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreUnreadable(f"cannot use the store {path}: {error}", advice)
    if name.startswith("SQLITE_IOERR"):
        return Failed(
            f"the disk did not take the change, nothing was changed ({error})",
            "check free space, quota and the file system, then run it again",
        )
    return StoreError(f"the store {path} refused: {error}", "run `cowork data verify`")


def _moved(path: str | Path) -> StoreLost:
    return StoreLost(
        f"the store {path} has moved to a server, nothing was changed",
        "run it again; if the move was broken off, finish it with `cowork data move --to URL`, or "
        "stay with the file by `cowork data move --to file`",
    )


def broken(error: sqlite3.IntegrityError) -> RuleBroken:
    """The rule of the schema that refused, by the kind of the constraint and its words."""
    text = str(error)
    what = text.partition("constraint failed: ")[2]
    name = _name(error)
    if name == "SQLITE_CONSTRAINT_TRIGGER" and text in OF_TRIGGERS:
        rule, what = OF_TRIGGERS[text], ""
    elif name in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        rule = OF_UNIQUE.get(what, Rule.TAKEN)
    elif name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        rule = Rule.REFERRED
    elif name == "SQLITE_CONSTRAINT_NOTNULL":
        rule = Rule.MISSING
    else:
        rule, what = Rule.IMPOSSIBLE, what or text
    shown = f" ({what})" if what and rule in (Rule.TAKEN, Rule.MISSING, Rule.IMPOSSIBLE) else ""
    return RuleBroken(f"{rule.words}{shown}", rule.hint, rule=rule.name)


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "") or ""
