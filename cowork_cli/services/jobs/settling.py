"""Settling a joint job: the parts are fixed, my own is drafted, what the others invoice is taken in."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cowork_cli.domain.amounts import parse_amount
from cowork_cli.domain.jobs import Job
from cowork_cli.domain.money import Money
from cowork_cli.domain.place import fold
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass
from cowork_cli.services.invoices import flat, verifying
from cowork_cli.services.invoices.drafts import Settings
from cowork_cli.services.jobs import jobs, sheets
from cowork_cli.services.jobs.hours import part_of
from cowork_cli.store import clients, people
from cowork_cli.store import jobs as kept
from cowork_cli.store.jobs import JobRow, PartRow

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_GIVE = "give the invoice that came in"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is settled: the net that the client is invoiced, files that came in, and who was paid."""

    job: str
    amount: str | None = None
    received: Sequence[Path] = ()
    sender: str | None = None
    paid: Sequence[str] = ()
    dry_run: bool = False


def settle(
    store: "Store", wanted: Wanted, today: date, settings: Settings
) -> tuple[Job, list[str]]:
    """Settles a job, again with other figures if it must be; also what to say.

    Raises NotFound, BadInput, and Conflict where the whole is not known, an invoice is not valid or was taken
    for another job, and where it is closed.
    """
    row = jobs.find(store, wanted.job)
    jobs.refuse_closed(row)
    notes: list[str] = []
    files = [(path, bytes_of(path, verifying.LIMIT, _GIVE, _GIVE)) for path in wanted.received]

    def write() -> Job:
        _fix(store, row, wanted, today, settings, notes)
        now = _row(store, row.id)
        for path, content in files:
            notes.extend(_take(store, now, path, content, wanted.sender, today))
        for name in wanted.paid:
            notes.extend(_pay(store, now, name, today))
        return sheets.shown(store, _row(store, row.id), today)

    if wanted.dry_run:
        with store.rehearsal():
            return write(), [*notes, "Nothing was changed (--dry-run)."]
    with store.transaction():
        settled = write()
    return settled, notes


def _row(store: "Store", number: int) -> JobRow:
    row = kept.one(store, number)
    assert row is not None
    return row


def _fix(
    store: "Store", row: JobRow, wanted: Wanted, today: date, settings: Settings, notes: list[str]
) -> None:
    """Writes down what each gets, and drafts one's own part where another one leads."""
    parts = kept.parts(store, row.id)
    only_in = (wanted.received or wanted.paid) and wanted.amount is None and row.settled_on
    if only_in:
        return
    total = _total(store, row, parts, wanted.amount)
    amounts = sheets.amounts(row, parts, sheets.seconds_of(store, row, parts), total)
    _refuse_less_than_invoiced(store, row, parts, amounts)
    for part, amount in zip(parts, amounts, strict=True):
        kept.change_part(store.journal, part.id, {"settled": amount})
    kept.change(store.journal, row.id, {"settled_on": today.isoformat(), "settled_total": total})
    lead = next(part for part in parts if part.leads)
    own = next(at for at, part in enumerate(parts) if part.own)
    if not lead.own:
        notes.extend(_draft(store, row, parts[own], lead, amounts[own], today, settings))


def _total(store: "Store", row: JobRow, parts: list[PartRow], typed: str | None) -> int:
    if typed is not None:
        amount, _ = parse_amount(typed, "--amount", row.currency)
        if amount <= 0:
            raise BadInput("--amount is not above zero", "give what the client is invoiced, net")
        return Money.of(amount, row.currency).minor
    total = sheets.known_total(store, row, parts)
    if total is not None:
        return total
    lead = next(part for part in parts if part.leads)
    name = shell_word(row.name)
    if lead.own:
        for number, net in sheets.own_invoices(store, row):
            if net.currency != row.currency:
                raise Conflict(
                    f"invoice {number} is in {net.currency}, the job in {row.currency}: "
                    "what it comes to is not known",
                    f"say the whole, net: `cowork job settle {name} --amount EUR`",
                )
        raise Conflict(
            f"nothing was invoiced to {row.project or row.client} since {row.opened_on}",
            f"invoice it with `cowork invoice draft {row.client}`, or say the whole with "
            f"`cowork job settle {name} --amount EUR`",
        )
    raise Conflict(
        f"what {lead.name} invoices {row.client} is not known",
        f"say it, net: `cowork job settle {name} --amount EUR`",
    )


def _refuse_less_than_invoiced(
    store: "Store", row: JobRow, parts: list[PartRow], amounts: list[int]
) -> None:
    noted = [one for one in kept.invoices(store, row.id) if one.invoice_id is None]
    for part, amount in zip(parts, amounts, strict=True):
        invoiced = sum(one.net for one in noted if one.part == part.id)
        if invoiced > amount:
            raise Conflict(
                f"{part.name} has invoiced {Money(invoiced, row.currency)} already, more than "
                f"{Money(amount, row.currency)}",
                "ask for a correction of that invoice first",
            )


def _draft(
    store: "Store",
    row: JobRow,
    own: PartRow,
    lead: PartRow,
    amount: int,
    today: date,
    settings: Settings,
) -> list[str]:
    """My part as a draft to the one who leads. One that stands already is never doubled."""
    money = Money(amount, row.currency)
    for noted in kept.invoices(store, row.id):
        if noted.part == own.id and sheets.is_live(store, noted, today):
            if noted.net == amount:
                return [f"Your part is drafted already, draft-{noted.invoice_id}."]
            raise Conflict(
                f"draft-{noted.invoice_id} says {Money(noted.net, row.currency)}, not {money}",
                f"discard it with `cowork invoice discard draft-{noted.invoice_id}` and settle again",
            )
    if amount == 0:
        return ["Nothing is yours to invoice."]
    client = _client_of(store, lead)
    if client is None:
        return [
            f"{lead.name} is no client of yours yet, so nothing was drafted: say which one they are with "
            f"`cowork people edit person-{lead.person} --client ID`, and settle again."
        ]
    draft = flat.add(store, client, row.name, money, today, settings)
    number = int(draft.id.removeprefix("draft-"))
    kept.add_invoice(
        store.journal,
        {
            "job_id": row.id, "part_id": own.id, "invoice_id": number,
            "net": draft.net.minor, "gross": draft.gross.minor,
        },
    )  # fmt: skip
    return [f"Drafted your part to {draft.client} as {draft.id}: {draft.net} net."]


def _client_of(store: "Store", lead: PartRow) -> int | None:
    person = people.one(store, lead.person) if lead.person is not None else None
    return (
        None
        if person is None or person.client is None
        else clients.client_id_of(store, person.client)
    )


# ---- what comes in


def _take(
    store: "Store", row: JobRow, path: Path, content: bytes, sender: str | None, today: date
) -> list[str]:
    """Notes an e-invoice of one of the others, if it is valid and fits the part."""
    digest = hashlib.sha256(content).hexdigest()
    other = kept.invoice_of_hash(store, digest)
    if other == row.name:
        return [f"{path.name} was taken before."]
    if other is not None:
        raise Conflict(f"{path.name} was taken for the job {other}", "an invoice is paid once")
    checked = verifying.verify(content, path.name, today)
    if not checked.valid:
        first = next(one for one in checked.problems if one.severity == "error")
        raise Conflict(
            f"{path.name} is no valid e-invoice: {first.message}",
            f"see all of it with `cowork invoice verify {shell_word(str(path))}`",
        )
    read = checked.invoice
    if read.net is None or read.gross is None or read.currency != row.currency:
        raise Conflict(
            f"{path.name} is in {read.currency or 'no currency'}, the job in {row.currency}",
            "ask for an invoice in the currency of the job",
        )
    name = read.seller.name if read.seller else None
    part = part_of(store, row, sender) if sender else _part_named(store, row, name, path)
    if part.own or part.leads:
        raise Conflict(
            f"{part.name} invoices nobody of this job", "see who owes whom with `job show`"
        )
    net, gross = (Money.of(one.amount, row.currency) for one in (read.net, read.gross))
    if any(
        one.part == part.id and one.number == read.number for one in kept.invoices(store, row.id)
    ):
        return [f"Invoice {read.number} of {part.name} was taken before."]
    kept.add_invoice(
        store.journal,
        {
            "job_id": row.id, "part_id": part.id, "number": read.number,
            "day": read.date.isoformat() if read.date else None,
            "net": net.minor, "gross": gross.minor, "sha256": digest,
        },
    )  # fmt: skip
    return [_matched(store, row, part, read.number, net)]


def _matched(store: "Store", row: JobRow, part: PartRow, number: str | None, net: Money) -> str:
    expected = part.settled
    assert expected is not None  # what comes in is taken of a job that is settled
    invoiced = sum(one.net for one in kept.invoices(store, row.id) if one.part == part.id)
    if invoiced == expected:
        return f"{number} of {part.name} fits: {net} net."
    less = Money(expected - invoiced, row.currency)
    if less.minor > 0:
        return f"{number} of {part.name} is {net} net; {less} are not invoiced yet."
    raise Conflict(
        f"{number} of {part.name} is {net} net, {-less} more than their part of "
        f"{Money(expected, row.currency)}: it was not taken",
        "ask for a correction",
    )


def _part_named(store: "Store", row: JobRow, name: str | None, path: Path) -> PartRow:
    """Whose invoice it is, by the name of its seller."""
    wanted = fold(name or "")
    for part in kept.parts(store, row.id):
        person = people.one(store, part.person) if part.person is not None else None
        names = {part.name, *filter(None, (person.company if person else None,))}
        if wanted and wanted in {fold(one) for one in names}:
            return part
    raise Conflict(
        f'{path.name} is from "{name or "nobody"}", who has no part in {row.name}',
        "say whose it is with `--from PERSON`",
    )


def _pay(store: "Store", row: JobRow, name: str, today: date) -> list[str]:
    """Notes that what came in from one of the others was paid."""
    part = part_of(store, row, name)
    waiting = [
        one
        for one in kept.invoices(store, row.id)
        if one.part == part.id and one.invoice_id is None and one.paid_on is None
    ]
    if part.own:
        raise Conflict(
            "your own part is paid when your invoice is", "note it with `cowork invoice pay NUMBER`"
        )
    if not waiting:
        raise Conflict(
            f"{part.name} has no invoice that is open",
            f"take it with `cowork job settle {shell_word(row.name)} --received FILE`",
        )
    for one in waiting:
        kept.change_invoice(store.journal, one.id, {"paid_on": today.isoformat()})
    total = Money(sum(one.gross for one in waiting), row.currency)
    return [f"Paid {part.name}: {total} gross, on {today}."]
