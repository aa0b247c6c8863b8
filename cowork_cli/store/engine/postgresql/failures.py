"""What an error of PostgreSQL means: no one outside of the store sees one of its own.

By SQLSTATE: https://www.postgresql.org/docs/18/errcodes-appendix.html
"""

from __future__ import annotations

import re

import psycopg

from cowork_cli.errors import (
    AuthRejected,
    BadInput,
    CoworkError,
    DiskFull,
    Failed,
    NotAllowed,
    OutcomeUnknown,
    RuleBroken,
    ServerUnreachable,
    ServerUntrusted,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLost,
    StoreNewer,
)
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.rules import OF_TRIGGERS, OF_UNIQUE, Rule

OF_OURS = "CW001"
"""The SQLSTATE that a trigger of the schema raises."""
GIVEN_WAY = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
"""What a server ends because of another session, and takes when it is done again: no common class has them."""
_KEY = re.compile(r"\((.+?)\)=\(")
_OF_CONSTRAINT = {
    "entries_do_not_overlap": Rule.ENTRIES_OVERLAP,
    "one_running_timer": Rule.ONE_TIMER,
}


_OWN_AUTHORITY = (
    "of an authority of your own say where its certificate is: `…?sslrootcert=/path/ca.crt`"
)
_OF_TLS = (
    (
        "server does not support SSL",
        "offers no encryption",
        "whoever runs it sets `ssl = on`; without, only the same machine is asked (a socket, `localhost`)",
    ),
    (
        "does not match host name",
        "shows a certificate of another name",
        "name the server in `store.url` as its certificate does: `cowork config set store.url …`",
    ),
    ("root certificate file", "was not asked: the file of `sslrootcert` is not there", _OWN_AUTHORITY),
    (
        "certificate verify failed",
        "shows a certificate that has ended, or that no authority known here vouches for",
        f"look at its dates; {_OWN_AUTHORITY}",
    ),
    (
        "SSL error",
        "could not agree on an encryption",
        "whoever runs it looks at `ssl_min_protocol_version` and the certificate",
    ),
)  # fmt: skip
"""What libpq says of TLS, in its own words: there is no code for them, and none in another language is built in."""


def translated(error: psycopg.Error, url: str) -> CoworkError:
    """The error of ours that `error` of PostgreSQL means."""
    state = error.sqlstate or ""
    if state.startswith("23") or state == OF_OURS:
        return broken(error)
    if state in ("55P03", "57014", "40001", "40P01"):
        return StoreBusy(
            "other commands stood in the way again and again, nothing was changed"
            if state.startswith("40")
            else f"another command has held the store for {BUSY_MS // 1000} seconds, "
            "nothing was changed",
            "run it again when the other command is done",
        )
    if state in ("53100", "53200"):
        return DiskFull("the server has no room left, nothing was changed", "tell who runs it")
    if state == "42501":
        return NotAllowed(
            f"your role on the server may not do that ({_first_line(error)}); nothing was changed",
            "see what it may with `cowork data status`, or ask who keeps the store",
        )
    if state == "25006":
        return NotAllowed(
            "the server takes no changes now (it only reads); nothing was changed",
            "see with `cowork data status` which server it is",
        )
    if state in ("22003", "22P03"):
        return BadInput("a number is too large to be one of ours", "give a smaller one")
    # A NUL is refused by psycopg itself, which gives no state.
    if state in ("22021", "22P05") or (not state and isinstance(error, psycopg.DataError)):
        return BadInput("a text holds something that no text can hold", "type it again")
    return _of_the_server(error, state, url)


def _of_the_server(error: psycopg.Error, state: str, url: str) -> CoworkError:
    if state in ("28P01", "28000"):
        return AuthRejected(
            f"the server did not take the login for {url}",
            "set the password with `cowork account login store`, or correct `store.url`",
        )
    if state == "3D000":
        return StoreLost(
            f"there is no database {url}", "make it with `createdb`, or correct `store.url`"
        )
    if state.startswith("XX"):
        return StoreDamaged(f"the store {url} is damaged: {_first_line(error)}", "tell who runs it")
    if state.startswith("58"):
        return Failed(
            f"the server's disk failed, nothing was changed ({_first_line(error)})",
            "tell who runs it, then run it again",
        )
    if isinstance(error, psycopg.OperationalError) or state.startswith(("08", "57")):
        return unreachable(url, error)
    return StoreError(f"the store {url} refused: {_first_line(error)}", "run `cowork data verify`")


def unreachable(url: str, error: psycopg.Error) -> ServerUnreachable:
    """The server is away, or is not shown to be itself; what was being written is not there."""
    said = str(error)
    for what, meaning, hint in _OF_TLS:
        if what in said:
            return ServerUntrusted(
                f"the server of the store {url} {meaning}; nothing was sent to it", hint
            )
    return ServerUnreachable(
        f"the server of the store {url} cannot be reached, nothing was changed "
        f"({_first_line(error)})",
        "look at the network and the server, then run it again; see `cowork data status`",
    )


def broken_after(url: str) -> OutcomeUnknown:
    """The server went away after something of this command was recorded."""
    return OutcomeUnknown(
        f"the connection to {url} broke after a change was recorded: what was recorded stands, "
        "the rest was not done",
        "see what is there with `cowork history`, before you run it again",
    )


def newer(url: str, version: int, known: int) -> StoreNewer:
    """Another program has changed the schema."""
    return StoreNewer(
        f"the store {url} was written by a newer cowork (schema {version}, this one knows {known})"
    )


def broken(error: psycopg.Error) -> RuleBroken:
    """The rule of the schema that refused, by the kind of the constraint and its words."""
    said = error.diag
    what = ""
    if error.sqlstate == OF_OURS:
        rule = OF_TRIGGERS.get(said.message_primary or "", Rule.IMPOSSIBLE)
    elif said.constraint_name in _OF_CONSTRAINT:
        rule = _OF_CONSTRAINT[said.constraint_name]
    elif error.sqlstate == "23505":
        what = _columns(said.table_name, said.message_detail, said.constraint_name)
        rule = OF_UNIQUE.get(what, Rule.TAKEN)
    elif error.sqlstate == "23503":
        rule = Rule.REFERRED
    elif error.sqlstate == "23502":
        rule, what = Rule.MISSING, f"{said.table_name}.{said.column_name}"
    else:
        rule, what = Rule.IMPOSSIBLE, said.constraint_name or _first_line(error)
    shown = f" ({what})" if what and rule in (Rule.TAKEN, Rule.MISSING, Rule.IMPOSSIBLE) else ""
    return RuleBroken(f"{rule.words}{shown}", rule.hint, rule=rule.name)


def _columns(table: str | None, detail: str | None, constraint: str | None) -> str:
    """`invoices.number`, as SQLite names them, of "Key (number)=(2026-0001) …" in any language.

    A role that may not read the key is told no detail: then of the constraint, `invoices_number_key`.
    """
    if key := _KEY.search(detail or ""):
        return ", ".join(f"{table}.{name}" for name in key[1].split(", "))
    if constraint and constraint.startswith(f"{table}_") and constraint.endswith("_key"):
        return f"{table}.{constraint.removeprefix(f'{table}_').removesuffix('_key')}"
    return str(table)


def _first_line(error: psycopg.Error) -> str:
    said = error.diag.message_primary or str(error)
    return said.strip().partition("\n")[0]
