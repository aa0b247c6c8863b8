"""What the journal tells and takes back: history, undo, redo.

Each person takes back what they did themselves. Where somebody else has changed the same record since,
nothing is undone, and it says who and what. A record is compared by the columns that the journal knew
when it was written, so that a migration that adds one takes no undo away.
"""

from __future__ import annotations

from contextlib import suppress

from cowork_cli.errors import Conflict, Locked, NotFound, RuleBroken
from cowork_cli.records import dataclass
from cowork_cli.store.engine import dialect, many, sealed, whose
from cowork_cli.store.engine.journal import same
from cowork_cli.store.engine.taking_back import Step, TakingBack
from cowork_cli.store.engine.words import ID_PREFIX, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from cowork_cli.store.engine.journal import Journal, JournalRow

UNDONE = """EXISTS (
    SELECT 1 FROM reversals r WHERE r.change_id = c.id
    AND NOT EXISTS (SELECT 1 FROM reversals r2 WHERE r2.change_id = r.by_change_id)
)"""
ATTENDED = "NOT EXISTS (SELECT 1 FROM unattended a WHERE a.change_id = c.id)"
SEE_HISTORY = "see what was done with `cowork history`"

_CHANGE = "SELECT c.id, c.at, c.command, c.kind, c.person"
MANY = 200  # fewer records are taken back one by one
_ATTEMPTS = 4
_NOTHING = {"undo": "nothing was undone", "redo": "nothing was redone"}


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one command wrote. `at` is seconds since 1970; `person` as the store holds it."""

    id: int
    at: int
    command: str
    kind: str
    undone: bool
    rows: tuple[JournalRow, ...]
    person: str = ""


def history(
    journal: Journal,
    limit: int | None = None,
    of: tuple[str, int] | None = None,
    parts: Sequence[tuple[str, str, int]] = (),
    person: str | None = None,
) -> list[Change]:
    """Changes, the newest first; `of` (table, id) only those of one record, `person` of one person.

    `parts` are the records that hang on it: table, the column that holds whose part it is, and its id.
    """
    where, values = ["1 = 1"], list[object](of or ())
    if of:
        chosen = ["SELECT change_id FROM journal WHERE table_name = ? AND row_id = ?"]
        for table, column, owner in parts:
            held = dialect.json_number("coalesce(after, before)", column)
            chosen.append(f"SELECT change_id FROM journal WHERE table_name = ? AND {held} = ?")
            values += [table, owner]
        where.append(f"c.id IN ({' UNION '.join(chosen)})")
    if person is not None:
        where.append("c.person = ?")
        values.append(person)
    if limit is not None:
        values.append(limit)
    rows = journal.connection.rows(
        f"{_CHANGE}, {UNDONE} AS undone FROM changes c WHERE {' AND '.join(where)} "
        f"ORDER BY c.id DESC{'' if limit is None else ' LIMIT ?'}",
        *values,
    )
    return [_change_of(journal, row, undone=bool(row.undone)) for row in rows]


def undo(journal: Journal, count: int) -> list[Change]:
    """Takes back the last `count` changes of this person, the newest first.

    Raises NotFound where there are fewer, Conflict or Locked where one of them has to stay;
    then nothing is undone.
    """

    def last() -> list[Change]:
        rows = journal.connection.rows(
            f"{_CHANGE} FROM changes c WHERE c.person = ? AND c.kind = 'do' AND NOT {UNDONE} "
            f"AND {ATTENDED} ORDER BY c.id DESC LIMIT ?",
            journal.person,
            count,
        )
        if len(rows) < count:
            raise _too_few(journal, len(rows), count)
        return [_change_of(journal, row, undone=True) for row in rows]

    return _taken_back(journal, last, "undo")


def redo(journal: Journal) -> list[Change]:
    """Takes back the last undo of this person. Raises Conflict, or NotFound if there is none."""

    def last() -> list[Change]:
        row = journal.connection.row(
            f"{_CHANGE} FROM changes c WHERE c.person = ? AND c.kind = 'undo' AND NOT {UNDONE} "
            "ORDER BY c.id DESC LIMIT 1",
            journal.person,
        )
        if row is None:
            raise NotFound("there is nothing to redo", SEE_HISTORY)
        return [_change_of(journal, row, undone=True)]

    (undone,) = _taken_back(journal, last, "redo")
    redone = journal.connection.rows(
        f"{_CHANGE} FROM changes c JOIN reversals r ON r.change_id = c.id "
        "WHERE r.by_change_id = ? ORDER BY c.id DESC",
        undone.id,
    )
    return [_change_of(journal, row, undone=False) for row in redone]


def _taken_back(journal: Journal, last: Callable[[], list[Change]], kind: str) -> list[Change]:
    """Takes back the changes that `last` finds, all or none of them.

    Of large ones the way back is looked for while others write; where one of them writes something in
    between it is looked for again, in the end while others wait.
    """
    with suppress(RuleBroken):  # one by one it also says of which record the rule speaks
        attempt = 0
        while True:
            attempt += 1
            alone = attempt == _ATTEMPTS
            ready = journal.reversing(kind) if alone else journal.connection.private()
            with TakingBack(journal) as way:
                with ready:
                    head, changes = journal.head(), last()
                    steps = _way_back(journal, changes, kind)
                    if steps is None:
                        break
                    way.put_together(steps, journal.foreseen(kind))
                    if alone:
                        return _written(journal, way, changes)
                with journal.reversing(kind):
                    if journal.head() == head:
                        return _written(journal, way, changes)
    with journal.reversing(kind):
        changes = last()
        for change in changes:
            _refuse_barrier(journal, change)
            _reverse(journal, change, kind)
    return changes


def _written(journal: Journal, way: TakingBack, changes: list[Change]) -> list[Change]:
    way.write()
    for change in changes:
        journal.reversed(change.id)
    return changes


def _way_back(journal: Journal, changes: Sequence[Change], kind: str) -> list[Step] | None:
    """Each record that changes wrote on its way back; None for a few, and where only the schema knows it.

    Raises what `_reverse` raises; nothing is written.
    """
    if sum(len(change.rows) for change in changes) < MANY:
        return None
    nothing, connection = _NOTHING[kind], journal.connection
    written = {(row.table, row.row_id) for change in changes for row in change.rows}
    tables = {table for table, _ in written}
    if tables & sealed.TABLES:
        return None
    columns = {table: many.columns_of(connection, table) for table in tables}
    there: dict[tuple[str, int], dict[str, Any]] = {
        (table, record[0]): dict(zip(names, record, strict=True))
        for table, names in columns.items()
        for record in many.read(connection, table, [n for name, n in written if name == table])
    }
    steps: list[Step] = []
    for change in changes:
        _refuse_barrier(journal, change)
        for row in reversed(change.rows):
            key, names = (row.table, row.row_id), columns[row.table]
            now = there.pop(key, None)
            _refuse(journal, row, now, change, nothing)
            then = None
            if row.before is not None:
                then = {name: row.before[name] for name in names if name in row.before}
                if now is not None:
                    then = {**now, **then}
                elif len(then) < len(names):
                    return None
                there[key] = then
            steps.append(Step(row.table, row.row_id, now, then))
    return steps


def _change_of(journal: Journal, row: Any, *, undone: bool) -> Change:
    rows = journal.rows_of(row.id)
    return Change(row.id, row.at, row.command, row.kind, undone, rows, row.person)


def _too_few(journal: Journal, there: int, count: int) -> NotFound:
    """Why so many changes cannot be taken back: there are fewer, or they are of other people."""
    if there:
        held = "is only 1 change" if there == 1 else f"are only {there} changes"
        return NotFound(
            f"there {held} to undo, not {count}; nothing was undone",
            f"take them all back with `cowork undo {there}`",
        )
    last = journal.connection.row(
        f"{_CHANGE} FROM changes c WHERE c.person <> ? AND c.kind = 'do' AND NOT {UNDONE} "
        f"AND {ATTENDED} ORDER BY c.id DESC LIMIT 1",
        journal.person,
    )
    if last is None:
        return NotFound("there is nothing to undo", SEE_HISTORY)
    return NotFound(
        "there is nothing of yours to undo; the last change, "
        f"`cowork {last.command}`, was made by {_who(journal, last.person)}",
        SEE_HISTORY,
    )


def _who(journal: Journal, person: str) -> str:
    """How a person is called: '' is the owner, where that was said."""
    return (
        person
        or whose.owner(journal.connection)
        or "somebody without a name (`profile.person` was not set)"
    )


def _refuse_barrier(journal: Journal, change: Change) -> None:
    barrier = journal.connection.row(
        "SELECT reason, remedy FROM barriers WHERE change_id = ?", change.id
    )
    if barrier:
        raise Conflict(
            f"`cowork {change.command}` cannot be undone: {barrier.reason}; nothing was undone",
            f"use `cowork {barrier.remedy.removeprefix('cowork ')}`",
        )


def _reverse(journal: Journal, change: Change, kind: str) -> None:
    nothing = _NOTHING[kind]
    for row in reversed(change.rows):
        now = journal.read(row.table, row.row_id)
        _refuse(journal, row, now, change, nothing)
        try:
            journal.restore(row, now)
        except RuleBroken as broken:
            raise Conflict(
                f"{_name(row)} cannot go back to what it was: {broken.message}; {nothing}",
                _see(row, "see what hangs on it"),
            ) from broken
    journal.reversed(change.id)


def _refuse(
    journal: Journal, row: JournalRow, now: dict[str, Any] | None, change: Change, nothing: str
) -> None:
    """Raises Locked or Conflict where a record, which is `now`, has to stay as it is."""
    _refuse_erased(row, change, nothing)
    _refuse_billed(journal, row, now, nothing)
    if not same(row.after, now):
        state = "is gone" if now is None else "was changed"
        since = f"{_name(row)} {state} since `cowork {change.command}`"
        by = _on_top(journal, row, change)
        raise Conflict(f"{since}{by}; {nothing}", _see(row) if by else SEE_HISTORY)


def _on_top(journal: Journal, row: JournalRow, change: Change) -> str:
    """`, by ben with `cowork track edit e-1``, where another person changed the record after a change."""
    other = journal.connection.row(
        "SELECT c.command, c.person FROM journal j JOIN changes c ON c.id = j.change_id "
        "WHERE j.table_name = ? AND j.row_id = ? AND j.change_id > ? AND c.person <> ? "
        "ORDER BY j.id DESC LIMIT 1",
        row.table,
        row.row_id,
        change.id,
        journal.person,
    )
    return f", by {_who(journal, other.person)} with `cowork {other.command}`" if other else ""


def _refuse_erased(row: JournalRow, change: Change, nothing: str) -> None:
    """What was forgotten at somebody's wish has no way back."""
    if sealed.is_gone(row.before) or sealed.is_gone(row.after):
        raise Conflict(
            f"{_name(row)} was forgotten, and `cowork {change.command}` with it; {nothing}",
            SEE_HISTORY,
        )


def _refuse_billed(
    journal: Journal, row: JournalRow, now: dict[str, Any] | None, nothing: str
) -> None:
    """What is on an issued invoice stays; the invoice is cancelled, not undone."""
    if now is None:
        return
    if row.table == "entries" and now["invoice_id"] is not None:
        invoice_id = now["invoice_id"]
    elif row.table == "invoices" and now["state"] == "issued":
        invoice_id = row.row_id
    else:
        return
    number = journal.connection.value("SELECT number FROM invoices WHERE id = ?", invoice_id)
    shown = number or f"draft-{invoice_id}"
    what = (
        f"entry e-{row.row_id} is on invoice {shown}"
        if row.table == "entries"
        else f"invoice {shown} is issued"
    )
    verb = "cancel" if number else "discard"
    raise Locked(f"{what}; {nothing}", f"use `cowork invoice {verb} {shown}`")


def _name(row: JournalRow) -> str:
    return f"{WORDS.get(row.table, row.table)} {ID_PREFIX.get(row.table, '')}{row.row_id}"


def _see(row: JournalRow, what: str = "see what was done with it") -> str:
    """The command that shows what happened to a record."""
    prefix = ID_PREFIX.get(row.table)
    return f"{what} with `cowork history --of {prefix}{row.row_id}`" if prefix else SEE_HISTORY
