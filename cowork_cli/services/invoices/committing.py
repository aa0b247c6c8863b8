"""A number and its documents land together, and no other command waits while the pages are set.

Setting a page takes a hundred times as long as writing it down. So it is known first what the document
will hold, its number too; the pages are set with no lock on the store; then the change is made, if the
document still is the one that was set. Those who issue at the same time wait for each other, however
long it takes, or each would take the number that another has set.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from cowork_cli.domain.invoice import InvoiceDocument
from cowork_cli.records import dataclass
from cowork_cli.store import invoices
from cowork_cli.store.engine.store import Store

_REHEARSALS = 3  # then somebody edits without end, and the page is set while others wait


@dataclass(frozen=True, slots=True)
class Press:
    """Sets the PDF and the XML of a document, of a draft no XML; `copies` is where those issued here lie."""

    set: Callable[[InvoiceDocument], tuple[bytes, bytes | None]]
    copies: Path


@dataclass(frozen=True, slots=True)
class Issued:
    """What a change issued: the record, the stem of its files, and what is printed."""

    invoice_id: int
    stem: str
    document: InvoiceDocument


class _OtherDocument(Exception):
    """What was set is not what would be issued now."""


class Foreseen(Protocol):
    """All that a change will write, and what will be printed of it."""

    @property
    def document(self) -> InvoiceDocument:
        """What is printed."""


F = TypeVar("F", bound=Foreseen)
P = TypeVar("P")


def commit_foreseen(
    store: Store, foresee: Callable[[], F], write: Callable[[F], Issued], press: Press
) -> int:
    """Makes the change that `foresee` reads and `write` writes, and keeps its files; the id of the invoice.

    `foresee` is asked while others write, twice or more. Raises what it raises, with nothing changed.
    """

    def expect() -> F:
        with store.connection.private():
            return foresee()

    def write_as_expected(now: F, expected: F | None) -> Issued:
        if expected is not None and now != expected:
            raise _OtherDocument
        return write(now)

    return _commit(store, expect, foresee, write_as_expected, press)


def commit(
    store: Store,
    change: Callable[[], Issued],
    press: Press,
    plan: Callable[[], P],
    beside: Callable[[P], None],
) -> int:
    """Makes `change`, which writes all but the files, and keeps them; the id of the invoice.

    `beside` writes what no document tells of, by what `plan` has read while others write. `change` is
    rehearsed: it is run twice or more, all but one taken back. Raises what they raise, with nothing changed.
    """

    def rehearse() -> Issued:
        with store.rehearsal():
            return change()

    def write_as_rehearsed(planned: P, rehearsed: Issued | None) -> Issued:
        issued = change()
        if rehearsed is not None and issued != rehearsed:
            raise _OtherDocument
        beside(planned)
        return issued

    return _commit(store, rehearse, plan, write_as_rehearsed, press)


def _commit(
    store: Store,
    expect: Callable[[], F],
    plan: Callable[[], P],
    write: Callable[[P, F | None], Issued],
    press: Press,
) -> int:
    """Sets the page of what is expected, then writes by what is planned; `write` raises _OtherDocument.

    It gets None where nothing was set before, and the page is set while others wait.
    """
    with store.issuing():
        for _ in range(_REHEARSALS):
            expected = expect()
            made = press.set(expected.document)
            try:
                with store.after(plan) as planned:
                    issued = write(planned, expected)
                    _keep(store, issued, made)
                return issued.invoice_id
            except _OtherDocument:
                continue
        with store.transaction():
            issued = write(plan(), None)
            _keep(store, issued, press.set(issued.document))
        return issued.invoice_id


def _keep(store: Store, issued: Issued, made: tuple[bytes, bytes | None]) -> None:
    pdf, xml = made
    invoices.keep_file(store, issued.invoice_id, f"{issued.stem}.pdf", pdf)
    assert xml is not None  # a draft alone is a page without it
    invoices.keep_file(store, issued.invoice_id, f"{issued.stem}.xml", xml)
