"""The settlement of a joint job: what each gets, who invoices whom, and what is open between them.

One invoices the client, the others invoice the one. Everything is net; each adds the VAT of their own case.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from cowork_cli.domain.jobs import Job, JobPart, divided, fraction
from cowork_cli.domain.money import Money, hours_of
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import Conflict
from cowork_cli.store import invoices, jobs
from cowork_cli.store.jobs import InvoiceRow, JobRow, PartRow

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def shown(store: "Store", row: JobRow, today: date) -> Job:
    """A job as it stands: with the parts as they were settled, else as they would be now where that is known."""
    parts = jobs.parts(store, row.id)
    seconds = seconds_of(store, row, parts)
    total = row.settled_total if row.settled_on else known_total(store, row, parts)
    amounts: list[int | None] = [part.settled for part in parts]
    if not row.settled_on:
        amounts = list(_tried(row, parts, seconds, total))
    lead = next(part for part in parts if part.leads)
    noted = jobs.invoices(store, row.id)
    made = tuple(
        _part(store, row, part, lead, seconds.get(part.id, 0), amount, noted, today)
        for part, amount in zip(parts, amounts, strict=True)
    )
    owed = [part.open for part in made if part.open is not None]
    state = "closed" if row.closed else "settled" if row.settled_on else "open"
    return Job(
        id=f"job-{row.id}",
        name=row.name,
        client=row.client,
        project=row.project,
        split=row.split,
        state=state,
        leads=lead.name,
        total=None if total is None else Money(total, row.currency),
        open=Money(sum(one.minor for one in owed), row.currency) if owed else None,
        opened_on=row.opened_on,
        settled_on=row.settled_on,
        closed_on=row.closed_on,
        parts=made,
        drafts=tuple(f"draft-{one.invoice_id}" for one in noted if _is_draft(store, one, today)),
    )


def known_total(store: "Store", row: JobRow, parts: list[PartRow]) -> int | None:
    """What the client is invoiced: what was said, else what was invoiced since it was opened.

    None where an invoice is in another currency than the job: nobody has said what it comes to in that.
    """
    if row.total is not None:
        return row.total
    if not any(part.leads and part.own for part in parts):
        return None
    billed = own_invoices(store, row)
    if any(net.currency != row.currency for _, net in billed):
        return None
    return sum(net.minor for _, net in billed) if billed else None


def own_invoices(store: "Store", row: JobRow) -> list[tuple[str, Money]]:
    """Number and net of each own invoice to the client of the job, or for its project, since it was opened."""
    return jobs.billed_net(store, row.client_id, row.project_id, row.opened_on.isoformat())


def seconds_of(store: "Store", row: JobRow, parts: list[PartRow]) -> dict[int, int]:
    """The hours of each: those that were imported, and the own ones in the project of the job."""
    seconds = jobs.seconds(store, row.id)
    if row.project_id is not None:
        own = next(part for part in parts if part.own)
        seconds[own.id] = jobs.own_seconds(store, row.project_id, row.opened_on.isoformat())
    return seconds


def amounts(row: JobRow, parts: list[PartRow], seconds: dict[int, int], total: int) -> list[int]:
    """The part of each, in the minor unit; together they are `total`. Raises Conflict where that cannot be."""
    if row.split == "percent":
        return divided(total, [fraction(part.share or "0") for part in parts])
    rated = any(part.share is not None for part in parts)
    if row.split == "hours" and not rated:
        if not any(seconds.get(part.id) for part in parts):
            raise Conflict(
                f"nobody has hours for {row.name} yet",
                f"take those of the others with `cowork job hours {shell_word(row.name)} FILE --from PERSON`",
            )
        return divided(total, [Fraction(seconds.get(part.id, 0)) for part in parts])
    others = {part.id: _owed(row, part, seconds) for part in parts if not part.own}
    rest = total - sum(others.values())
    if rest < 0:
        raise Conflict(
            f"the others get {Money(sum(others.values()), row.currency)}, the client is invoiced "
            f"{Money(total, row.currency)}",
            "say the whole with `--amount`, or open the job with other shares",
        )
    if row.split == "fixed" and row.total is not None and total != row.total:
        raise Conflict(
            f"the fixed shares are of {Money(row.total, row.currency)}, not of "
            f"{Money(total, row.currency)}",
            "leave out `--amount`, or open the job with other shares",
        )
    return [others.get(part.id, rest) for part in parts]


def _owed(row: JobRow, part: PartRow, seconds: dict[int, int]) -> int:
    """What one of the others gets: a sum, or the rate for the hours, which have two decimals."""
    share = Decimal(part.share or "0")
    if row.split == "hours":
        share *= hours_of(seconds.get(part.id, 0))
    return Money.of(share, row.currency).minor


def _tried(
    row: JobRow, parts: list[PartRow], seconds: dict[int, int], total: int | None
) -> list[int] | list[None]:
    if total is None:
        return [None] * len(parts)
    try:
        return amounts(row, parts, seconds, total)
    except Conflict:
        return [None] * len(parts)


def _part(
    store: "Store",
    row: JobRow,
    part: PartRow,
    lead: PartRow,
    seconds: int,
    amount: int | None,
    noted: list[InvoiceRow],
    today: date,
) -> JobPart:
    mine = [one for one in noted if one.part == part.id and _counts(store, one, today)]
    invoiced = sum(one.net for one in mine)
    paid = sum(one.net for one in mine if _is_paid(store, one, today))
    known = part.own or lead.own  # what others pay one another is not known here
    owed = (
        Money(amount - paid, row.currency)
        if known and not part.leads and amount is not None
        else None
    )
    return JobPart(
        name=part.name,
        person=None if part.person is None else f"person-{part.person}",
        own=part.own,
        share=_share(row, part),
        duration_s=seconds,
        amount=None if amount is None else Money(amount, row.currency),
        invoiced=Money(invoiced, row.currency),
        paid=Money(paid, row.currency),
        open=owed,
        from_=row.client if part.leads else lead.name,
        to=part.name,
        invoices=tuple(filter(None, (_number(store, one, today) for one in mine))),
    )


def _share(row: JobRow, part: PartRow) -> str | None:
    if part.share is None:
        return None
    units = {"percent": " %", "fixed": f" {row.currency}", "hours": f" {row.currency} / hour"}
    return f"{part.share}{units[row.split]}"


# ---- own drafts and invoices among what was noted


def _own_state(store: "Store", noted: InvoiceRow, today: date) -> str | None:
    """The state of an own invoice; None for a received one, `gone` for a draft that was discarded."""
    if noted.invoice_id is None:
        return None
    if not invoices.is_there(store, noted.invoice_id):
        return "gone"
    return invoices.invoice(store, noted.invoice_id, today.isoformat()).state


def _counts(store: "Store", noted: InvoiceRow, today: date) -> bool:
    return _own_state(store, noted, today) not in ("gone", "cancelled", "draft")


def _is_draft(store: "Store", noted: InvoiceRow, today: date) -> bool:
    return _own_state(store, noted, today) == "draft"


def is_live(store: "Store", noted: InvoiceRow, today: date) -> bool:
    """Whether an own draft or invoice still stands."""
    return _own_state(store, noted, today) not in (None, "gone", "cancelled")


def _is_paid(store: "Store", noted: InvoiceRow, today: date) -> bool:
    state = _own_state(store, noted, today)
    return noted.paid_on is not None if state is None else state == "paid"


def _number(store: "Store", noted: InvoiceRow, today: date) -> str | None:
    if noted.invoice_id is None:
        return noted.number
    return invoices.invoice(store, noted.invoice_id, today.isoformat()).number
