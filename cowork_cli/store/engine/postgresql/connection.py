"""A connection to a store on a server: read, written in a transaction, and asked after a lost answer.

Writers take turns by one lock of the database, as SQLite makes them do: the journal's chain, the ids
and the numbers of invoices follow from the row before, so that no two can be written at once. What
each of them holds is a few statements. A server that ends a statement because of another (a deadlock,
a failed serialisation) is answered by doing the same again, as long as it reads the same.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import islice

import psycopg

from cowork_cli.errors import (
    BadInput,
    CoworkError,
    OutcomeUnknown,
    ServerUnreachable,
    StoreBusy,
)
from cowork_cli.records import dataclass
from cowork_cli.store.engine import connection as sqlite
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.postgresql import catalogue, failures
from cowork_cli.store.engine.postgresql.dialect import translated
from cowork_cli.store.engine.rows import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from cowork_cli.store.engine.about import About

WRITERS = int.from_bytes(b"cowk")
"""The lock that the one who writes holds until the end of its transaction."""
ISSUERS = WRITERS + 1
"""The lock that the one who issues holds over several transactions."""
_TRIES = 4
_REPEATABLE = 1000  # statements of one transaction that are remembered to be done again
_ROWS_AT_ONCE = 2000
_ALONE = f"SELECT pg_advisory_xact_lock({WRITERS}), pg_current_xact_id()::text"
_TURN = f"{_ALONE}, (SELECT version FROM schema_version)"


@dataclass(frozen=True, slots=True)
class Turn:
    """A transaction as its server knows it: asked for by `xid` when its answer is lost."""

    xid: str


def became_of(raw: psycopg.Connection[Any], xid: str) -> str | None:
    """What became of a transaction: "committed", "aborted", "in progress", None where it is too long ago.

    The other end of a connection that broke may not have noticed yet that nobody is there: it is ended.
    https://www.postgresql.org/docs/18/functions-info.html (pg_xact_status)
    """
    raw.execute(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
        "WHERE backend_xid = $1::text::xid8::xid AND pid <> pg_backend_pid()",
        (xid,),
    )
    (state,) = raw.execute("SELECT pg_xact_status($1::text::xid8)", (xid,)).fetchone() or (None,)
    return str(state) if state else None


class Connection(sqlite.Connection):
    """The same as one to a file, with a server at its other end.

    Raises what that does, ServerUnreachable where the server is gone (nothing was changed then),
    NotAllowed where the role may not do it, and OutcomeUnknown where nobody can say whether a change
    arrived.
    """

    catalogue = catalogue
    on_server = True

    def __init__(
        self,
        raw: psycopg.Connection[Any],
        url: str,
        backups: str | Path,
        again: Callable[[], psycopg.Connection[Any]],
        version: int,
    ):
        self._raw = raw
        self._again = again
        self._version = version
        self._backups = backups
        self._turn: Turn | None = None
        self._streams = 0
        self._done: list[tuple[str, tuple[object, ...], list[Any]]] = []
        self.path = self.url = url
        self.identity: str | None = None
        self._committed = False
        self.unsettled: Callable[[Turn], None] = lambda turn: None

    @property
    def raw(self) -> psycopg.Connection[Any]:
        """What the modules of this folder ask the server with."""
        return self._raw

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query, see `rows.named`; none of a statement that gives none back."""
        try:
            rows = self._answered(sql, values)
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise self._failed(error) from error
        if self._turn is not None and len(self._done) < _REPEATABLE:
            self._done.append((sql, values, rows))
        return rows

    def _answered(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        """What the server says, in a transaction asked again some times where another session was in the way."""
        tries = 1
        while True:
            try:
                return self._ask(sql, values)
            except failures.GIVEN_WAY as error:
                if self._turn is None or tries == _TRIES:
                    raise
                tries += 1
                self._repeat(error)

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        cursor = self._raw.execute(translated(sql), values or None)
        return named(cursor.description, cursor) if cursor.description else []

    def run_many(self, sql: str, values: Iterable[tuple[object, ...]]) -> None:
        """One statement that writes, once for each of `values`."""
        self._refuse_outside()
        rest = iter(values)
        self._done = [("", (), [])] * _REPEATABLE  # too much to be done again
        try:
            # Some of them at once: who makes them may ask this very connection in between.
            while many := list(islice(rest, _ROWS_AT_ONCE)):
                with self._raw.cursor() as cursor:
                    cursor.executemany(translated(sql), many)
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise self._failed(error) from error

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Many new rows at once, by COPY, which takes a third of the time of as many statements."""
        self._refuse_outside()
        self._done = [("", (), [])] * _REPEATABLE  # too much to be done again
        try:
            with (
                self._raw.cursor() as cursor,
                cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise self._failed(error) from error

    def stream(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, as plain tuples; outside of a transaction all are fetched first."""
        try:
            if not self.in_transaction:
                yield from self._raw.execute(translated(sql), values or None).fetchall()
                return
            self._streams += 1
            with self._raw.cursor(f"stream_{self._streams}") as cursor:
                cursor.itersize = _ROWS_AT_ONCE
                yield from cursor.execute(translated(sql), values or None)
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise self._failed(error) from error

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    @contextmanager
    def private(self) -> Iterator[None]:
        """One view of the store, and writes to temporary tables of this connection: nobody waits."""
        self._execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with self._taken_back():
            yield
            self._execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Waits for other writers up to `BUSY_MS`."""
        self._take_turn()
        with self._taken_back():
            yield
            self._commit()

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """The same, taken back at its end."""
        self._take_turn()
        with self._taken_back():
            yield
            self._execute("ROLLBACK")

    @contextmanager
    def founding(self, make: Callable[[], None], *, keep: bool) -> Iterator[None]:
        """A transaction in which `make` makes the store before it is filled; `keep` False: taken back."""
        self._execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        with self._taken_back():
            _, xid = self._execute(_ALONE).fetchone()
            self._turn = Turn(xid)
            self._done = [("", (), [])] * _REPEATABLE  # too much to be done again
            make()
            self.unhurried()
            yield
            if keep:
                self._commit()
            else:
                self._execute("ROLLBACK")

    def unhurried(self) -> None:
        """This transaction may take as long as it needs, between its statements too."""
        self._execute("SET LOCAL idle_in_transaction_session_timeout = 0")

    @contextmanager
    def turn_to_issue(self, lock: str) -> Iterator[None]:
        """Holds the one turn to issue that all machines share; waits for it, however long it takes."""
        self._execute("SET lock_timeout = 0")
        try:
            self._execute(f"SELECT pg_advisory_lock({ISSUERS})")
        finally:
            self._execute(f"SET lock_timeout = {BUSY_MS}")
        try:
            yield
        finally:
            with suppress(psycopg.Error):  # the server takes it back when the connection ends
                self._raw.execute(f"SELECT pg_advisory_unlock({ISSUERS})")

    @contextmanager
    def _taken_back(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            with suppress(psycopg.Error):
                if self.in_transaction:
                    self._raw.execute("ROLLBACK")
            if isinstance(error, psycopg.Error):
                raise self._failed(error) from error
            raise
        finally:
            self._turn, self._done = None, []

    def _execute(self, sql: str) -> Any:
        try:
            return self._raw.execute(sql)
        except psycopg.Error as error:
            raise self._failed(error) from error

    def _take_turn(self) -> None:
        """Begins, and waits until no other one writes. A newer program may have come meanwhile."""
        _, xid, version = self._begun()
        self._turn, self._done = Turn(xid), []
        if version != self._version:
            self._raw.execute("ROLLBACK")
            self._turn = None
            raise failures.newer(self.url, version, self._version)

    def _begun(self) -> tuple[Any, ...]:
        tries = 1
        while True:
            try:
                self._raw.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
                return self._raw.execute(_TURN).fetchone() or ()
            except psycopg.Error as error:
                with suppress(psycopg.Error):
                    self._raw.execute("ROLLBACK")
                if not isinstance(error, failures.GIVEN_WAY) or tries == _TRIES:
                    raise self._failed(error) from error
                tries += 1

    def _repeat(self, error: psycopg.Error) -> None:
        """Does this transaction again from its beginning; StoreBusy where it would read something else."""
        done = self._done
        for _ in range(_TRIES):
            with suppress(psycopg.Error):
                self._raw.execute("ROLLBACK")
            if len(done) >= _REPEATABLE:
                break
            self._take_turn()
            try:
                if any(self._ask(sql, values) != rows for sql, values, rows in done):
                    break
                self._done = done
                return
            except failures.GIVEN_WAY:
                continue
        raise self._failed(error) from error

    def _commit(self) -> None:
        assert self._turn is not None
        for _ in range(_TRIES):
            try:
                self._raw.execute("COMMIT")
                self._committed = True
                return
            except failures.GIVEN_WAY as error:
                self._repeat(error)
            except psycopg.OperationalError as error:
                if not self._raw.closed and not self._raw.broken:
                    raise
                self._settle(self._turn, error)
                return
        raise StoreBusy(
            "other commands stood in the way again and again, nothing was changed",
            "run it again when they are done",
        )

    def _settle(self, turn: Turn, error: psycopg.Error) -> None:
        """Asks the server whether a change arrived whose answer was lost."""
        for _ in range(_TRIES):
            try:
                raw = self._again()
            except (psycopg.Error, CoworkError):
                continue
            self._raw.close()
            self._raw = raw
            try:
                state = became_of(raw, turn.xid)
            except psycopg.Error:
                continue
            if state == "committed":
                self._committed = True
                return
            if state == "aborted":
                raise self._failed(error) from error
        self.unsettled(turn)
        raise OutcomeUnknown(
            f"the connection to {self.url} broke while the change was being written: "
            "whether it arrived is not known",
            "ask with `cowork data status` when the server is back, before you run it again",
        ) from error

    @property
    def schema(self) -> int:
        """The version of the schema of the store."""
        return int(self.value("SELECT version FROM schema_version"))

    def about(self) -> About:
        """What the server says of the store."""
        from cowork_cli.store.engine.postgresql import about

        return about.ask(self)

    def grant(self, role: str, kind: str, *, keep: bool) -> list[str]:
        """The SQL that gives `role` what `kind` may do; with `keep` it is done. See `grants`."""
        from cowork_cli.store.engine.postgresql import grants

        grants.refuse(self, role)
        return grants.grant(self, role, kind) if keep else grants.statements(self, role, kind)

    def keep_pages(self, megabytes: int) -> None:
        """The server minds its own memory."""

    def backup(self, target: Path) -> None:
        """A file that holds the whole store, as SQLite keeps it, also while others write."""
        from cowork_cli.store.engine import transfer

        transfer.copy_into_file(self, target)

    def close(self) -> None:
        """Ends the connection."""
        self._raw.close()

    def _failed(self, error: psycopg.Error | UnicodeEncodeError) -> CoworkError:
        if isinstance(error, UnicodeEncodeError):
            return BadInput("a text holds something that no text can hold", "type it again")
        failure = failures.translated(error, self.url)
        if self._committed and isinstance(failure, ServerUnreachable):
            return failures.broken_after(self.url)
        return failure
