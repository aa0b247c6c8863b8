"""`books export`: everything for the tax adviser or an inspection, in one folder.

The folder is made beside its place and moved there whole. `manifest.json` has the hash of each file.
"""

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli import __version__
from cowork_cli.domain.as_json import to_json
from cowork_cli.domain.invoice import Invoice, total
from cowork_cli.domain.period import Period
from cowork_cli.domain.spreadsheet import defused
from cowork_cli.domain.vat_report import within
from cowork_cli.errors import BadInput, Conflict, CoworkError
from cowork_cli.out_files import said_plainly
from cowork_cli.paths import make_private, write_private
from cowork_cli.records import dataclass
from cowork_cli.services.books import cash_tables, datev, ledger, ledger_text
from cowork_cli.services.books import expenses as receipts
from cowork_cli.services.hours import exporting as entry_export
from cowork_cli.store import books, expenses, invoices
from cowork_cli.store.engine.store import Store

FORMATS = ("folder", "datev", *ledger_text.FORMS)
MANIFEST = "manifest.json"
Settings = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class BooksFile:
    """One file of an export. `records` is how many things it holds, None for a document."""

    name: str
    records: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BooksExport:
    """What was exported, or would be (`dry_run`). `left_out` says what could not be booked, `changed` which
    cells of a table are not as they were, so that no spreadsheet takes them for formulas.
    """

    folder: Path
    format: str
    period: Period
    files: tuple[BooksFile, ...]
    left_out: tuple[str, ...]
    dry_run: bool
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    content: bytes
    records: int | None = None
    changed: tuple[str, ...] = ()


def export(
    store: Store,
    settings: Settings,
    period: Period,
    form: str,
    out: Path,
    now: datetime,
    *,
    dry_run: bool = False,
) -> tuple[BooksExport, tuple[CoworkError, ...]]:
    """Writes the books of a period into a new or empty folder; also what could not be booked.

    Raises BadInput for an unknown format, Conflict for a folder with something in it, ConfigError
    where DATEV's numbers are not set.
    """
    if form not in FORMATS:
        raise BadInput(f'cannot export as "{form}"', f"choose one of {', '.join(FORMATS)}")
    _refuse_full(out)
    problems: tuple[CoworkError, ...] = ()
    parts: Iterable[_Part]
    if form == "datev":
        parts, problems = _datev(store, settings, period, now)
    elif form in ledger_text.FORMS:
        parts = [_ledger(store, settings, period, form)]
    else:
        parts = _folder(store, settings, period, now)
    changed: list[str] = []
    parts = _watched(parts, changed)
    files = _counted(parts) if dry_run else _written(parts, out, period, now)
    left_out = tuple(problem.message for problem in problems)
    return BooksExport(out, form, period, tuple(files), left_out, dry_run, tuple(changed)), problems


def _watched(parts: Iterable[_Part], changed: list[str]) -> Iterator[_Part]:
    """The parts, one after another; what had to be changed in them is noted on the way."""
    for part in parts:
        changed += part.changed
        yield part


# ---- folder


def _folder(store: Store, settings: Settings, period: Period, now: datetime) -> Iterator[_Part]:
    today = now.date().isoformat()
    issued = [one for one in invoices.invoices(store, period, today) if one.state != "draft"]
    spent = expenses.expenses(store, period)
    entries = entry_export.entries_of(store, period, "csv")
    charged = books.charged(store)
    paid = [
        (invoice, payment)
        for _, _, invoice in charged
        for payment in invoice.payments
        if within(payment.day, period)
    ]
    yield _table("invoices.csv", _INVOICE, (_invoice_cells(one) for one in issued))
    lines = [(one, n, line) for one in issued for n, line in enumerate(one.lines, 1)]
    yield _table("invoice_lines.csv", _LINE, (_line_cells(*item) for item in lines))
    yield _table(
        "payments.csv",
        ("invoice", "date", "amount", "skonto", "currency"),
        (
            (one.number, item.day, item.amount.amount, item.skonto.amount, item.amount.currency)
            for one, item in paid
        ),
    )
    yield _table("expenses.csv", _EXPENSE, (_expense_cells(item) for item in spent))
    yield _table("bank.csv", cash_tables.BANK, cash_tables.bank_rows(store, period))
    small = bool(settings("seller.small_business"))
    lines_of_form = cash_tables.profit_rows(store, period, small_business=small)
    yield _table("profit.csv", cash_tables.PROFIT, lines_of_form)
    yield _Part("entries.csv", entry_export.written(entries, "csv"), len(entries))
    yield _table("journal.csv", books.JOURNAL, books.journal(store), lossless=True)
    for row_id, _, invoice in charged:
        for name, content in books.documents(store, row_id) if within(invoice.date, period) else ():
            yield _Part(f"documents/{name}", content)
    for item in spent:
        receipt_bytes = expenses.receipt(store, receipts.row_of(item))
        if receipt_bytes is not None:
            yield _Part(f"receipts/{receipts.copy_name(item)}", receipt_bytes)


_INVOICE = (
    "number", "type", "state", "client", "date", "due", "period_from", "period_to", "currency",
    "net", "vat", "gross", "paid", "open", "cancels", "cancelled_by", "replaces", "files", "sha256",
    "prepaid", "eur_rate",
)  # fmt: skip
_LINE = (
    "invoice", "line", "text", "quantity", "unit", "price", "discount", "vat_rate", "vat_category",
    "net", "currency",
)  # fmt: skip
_EXPENSE = (
    "id", "date", "text", "currency", "net", "vat_rate", "vat", "gross", "eur_rate", "booking",
    "receipt", "sha256", "client", "rebill", "billed_on", "category", "reverse_charge", "country",
    "belongs_to", "due",
)  # fmt: skip


def _invoice_cells(one: Invoice) -> Sequence[object]:
    return (
        one.number, one.type, one.state, one.client, one.date, one.due, one.period.from_,
        one.period.to, one.currency, one.net.amount, (one.gross - one.net).amount,
        one.gross.amount, one.paid.amount, one.open.amount, one.cancels, one.cancelled_by,
        one.replaces, " ".join(one.files), one.sha256,
        total(tuple(part.amount for part in one.prepaid), one.currency).amount,
        one.exchange.rate if one.exchange else None,
    )  # fmt: skip


def _line_cells(one: Invoice, number: int, line: Any) -> Sequence[object]:
    return (
        one.number, number, line.text, line.quantity, line.unit, line.price,
        line.discount.amount if line.discount else None, line.vat_rate, line.vat_category,
        line.net.amount, one.currency,
    )  # fmt: skip


def _expense_cells(item: Any) -> Sequence[object]:
    copy = receipts.copy_name(item) if item.receipt else None
    return (
        item.id, item.date, item.text, item.net.currency, item.net.amount, item.vat_rate,
        item.vat.amount, item.gross.amount, item.eur_rate, item.booking, copy, item.sha256,
        item.client, item.rebill.amount if item.rebill else None, item.billed_on,
        item.category, int(item.reverse_charge), item.country, item.belongs_to and str(item.belongs_to), item.due,
    )  # fmt: skip


def _table(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, lossless: bool = False
) -> _Part:
    """A CSV file in UTF-8; every cell is quoted, so that no program guesses, and none is a formula.

    A `lossless` one is written as it is, because it can be checked against its hashes.
    """
    changed: list[str] = []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    count = 0
    for cells in rows:
        count += 1
        texts = ["" if cell is None else str(to_json(cell)) for cell in cells]
        writer.writerow(texts if lossless else defused(texts, head, count + 1, changed, name))
    return _Part(name, text.getvalue().encode(), count, tuple(changed))


# ---- DATEV


def _datev(
    store: Store, settings: Settings, period: Period, now: datetime
) -> tuple[list[_Part], tuple[CoworkError, ...]]:
    account = datev.account_of(
        settings("datev.consultant"), settings("datev.client"), settings("datev.chart")
    )
    batch = datev.batch(
        [(client, invoice) for _, client, invoice in books.charged(store)],
        expenses.expenses(store, period),
        period,
        account,
        small_business=bool(settings("seller.small_business")),
    )
    parts = []
    for year in sorted({booking.day.year for booking in batch.bookings}):
        rows = [booking for booking in batch.bookings if booking.day.year == year]
        content = datev.written(rows, year, period, account, now)
        parts.append(_Part(datev.file_name(year), content, len(rows)))
    return parts, batch.problems


# ---- plain-text accounting


def _ledger(store: Store, settings: Settings, period: Period, form: str) -> _Part:
    made = ledger.transactions(
        [invoice for _, _, invoice in books.charged(store)],
        expenses.expenses(store, period),
        period,
        str(settings("tax.basis")),
        small_business=bool(settings("seller.small_business")),
    )
    spelling = ledger_text.FORMS[form]
    return _Part(spelling.name, spelling.written(made).encode(), len(made))


# ---- files


def _refuse_full(out: Path) -> None:
    hint = "give a new folder, as in `--out books-2026`"
    if out.exists() and not out.is_dir():
        raise Conflict(f"there is a file {out} already", hint)
    if out.is_dir() and any(out.iterdir()):
        raise Conflict(f"the folder {out} is not empty", hint)


def _counted(parts: Iterable[_Part]) -> list[BooksFile]:
    return [_file(part) for part in parts]


def _file(part: _Part) -> BooksFile:
    digest = hashlib.sha256(part.content).hexdigest()
    return BooksFile(part.name, part.records, len(part.content), digest)


def _written(parts: Iterable[_Part], out: Path, period: Period, now: datetime) -> list[BooksFile]:
    part_folder = out.with_name(f".{out.name}.{os.getpid()}.part")
    files = []
    try:
        with said_plainly(out):
            make_private(part_folder)
            for part in parts:
                write_private(part_folder / part.name, part.content)
                files.append(_file(part))
            manifest = _manifest(files, period, now)
            write_private(part_folder / MANIFEST, manifest.content)
            if out.is_dir():
                out.rmdir()
            part_folder.rename(out)
    finally:
        shutil.rmtree(part_folder, ignore_errors=True)
    return [*files, _file(manifest)]


def _manifest(files: Sequence[BooksFile], period: Period, now: datetime) -> _Part:
    content = {
        "cowork_books": 1,
        "version": __version__,
        "created": now.isoformat(timespec="seconds"),
        "period": to_json(period),
        "sha256": {file.name: file.sha256 for file in files},
    }
    return _Part(MANIFEST, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
