"""What an error of PostgreSQL means to a person: its class, its exit code and the line that is said."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from cowork_cli import errors
from cowork_cli.store.engine.postgresql import failures

URL = "postgresql://anna@server/office"


def raised(
    state: str | None, said: str = "it failed\nDETAIL: more", kind: Any = psycopg.Error
) -> Any:
    """An error as psycopg raises it, of that SQLSTATE."""

    class Raised(kind):  # type: ignore[misc]
        sqlstate = state

    return Raised(said)


@pytest.mark.parametrize(
    ("state", "kind", "message"),
    [
        ("55P03", errors.StoreBusy, "another command has held the store for 10 seconds, nothing was changed"),
        ("40001", errors.StoreBusy, "other commands stood in the way again and again, nothing was changed"),
        ("53100", errors.DiskFull, "the server has no room left, nothing was changed"),
        ("53200", errors.DiskFull, "the server has no room left, nothing was changed"),
        ("42501", errors.NotAllowed,
         "your role on the server may not do that (it failed); nothing was changed"),
        ("25006", errors.NotAllowed, "the server takes no changes now (it only reads); nothing was changed"),
        ("22003", errors.BadInput, "a number is too large to be one of ours"),
        ("22021", errors.BadInput, "a text holds something that no text can hold"),
        ("28P01", errors.AuthRejected, f"the server did not take the login for {URL}"),
        ("28000", errors.AuthRejected, f"the server did not take the login for {URL}"),
        ("3D000", errors.StoreLost, f"there is no database {URL}"),
        ("XX001", errors.StoreDamaged, f"the store {URL} is damaged: it failed"),
        ("58030", errors.Failed, "the server's disk failed, nothing was changed (it failed)"),
        ("08006", errors.ServerUnreachable,
         f"the server of the store {URL} cannot be reached, nothing was changed (it failed)"),
        ("57P01", errors.ServerUnreachable,
         f"the server of the store {URL} cannot be reached, nothing was changed (it failed)"),
        ("42P01", errors.StoreError, f"the store {URL} refused: it failed"),
    ],
)  # fmt: skip
def test_the_state_decides(state: str, kind: type[errors.CoworkError], message: str) -> None:
    told = failures.translated(raised(state), URL)
    assert type(told) is kind
    assert told.message == message


def test_what_has_no_state() -> None:
    """A NUL is refused by psycopg itself, and so is a server that does not answer."""
    assert type(failures.translated(raised(None, kind=psycopg.DataError), URL)) is errors.BadInput
    away = failures.translated(raised(None, kind=psycopg.OperationalError), URL)
    assert type(away) is errors.ServerUnreachable


@pytest.mark.parametrize(
    ("table", "detail", "constraint", "words"),
    [
        ("invoices", "Key (number)=(2026-0001) already exists.", "invoices_number_key", "invoices.number"),
        ("number_series", "Schlüssel (series, year)=(invoice, 2026) existiert bereits.", "x",
         "number_series.series, number_series.year"),
        ("invoices", None, "invoices_number_key", "invoices.number"),  # a role that may not read the key
        ("invoices", None, "another_index", "invoices"),
        ("invoices", None, None, "invoices"),
    ],
)  # fmt: skip
def test_which_column_is_taken(
    table: str, detail: str | None, constraint: str | None, words: str
) -> None:
    said = SimpleNamespace(
        table_name=table, message_detail=detail, constraint_name=constraint, message_primary="x"
    )

    class Taken(psycopg.Error):
        sqlstate = "23505"
        diag = said  # type: ignore[assignment]

    told = failures.broken(Taken("it failed"))
    assert told.rule == failures.OF_UNIQUE.get(words, failures.Rule.TAKEN).name
    assert (words in told.message) == (told.rule == failures.Rule.TAKEN.name)
