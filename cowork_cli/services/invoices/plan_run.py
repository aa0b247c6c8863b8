"""Writing the invoices that are due: each period once, in order, also after a pause.

Two steps for each period, so that a kill between them loses and doubles nothing: the draft and the note
that its period is billed land together; what was agreed to be issued is issued after that, or by the next
run.
"""

import datetime as dt
from pathlib import Path

from cowork_cli.documents.formats import period_text
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.invoice_plan import due_day
from cowork_cli.domain.period import Period
from cowork_cli.errors import Conflict, CoworkError
from cowork_cli.records import dataclass, replace
from cowork_cli.services.invoices import drafts, plans
from cowork_cli.services.invoices.committing import Press
from cowork_cli.services.invoices.issuing import Dates, issue, preview
from cowork_cli.services.invoices.numbering import DEFAULT_SERIES
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.services.invoices.quotes import usable_client
from cowork_cli.store import invoice_plans, invoices
from cowork_cli.store.engine.store import Store
from cowork_cli.store.invoice_plans import StoredPlan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run wrote, what is to be said of it, and the plans that could not go on."""

    invoices: list[Invoice]
    notes: list[str]
    problems: list[CoworkError]


def any_due(store: Store, today: dt.date) -> bool:
    """Whether there is anything to do."""
    return any(
        _due(store, plan, today) is not None or _unissued(store, plan)
        for plan in invoice_plans.every(store)
    )


def overdue(store: Store, today: dt.date) -> list[tuple[StoredPlan, dt.date]]:
    """The plans that have something to write, each with the day since when."""
    found = []
    for plan in invoice_plans.every(store):
        period = _due(store, plan, today)
        if period is not None:
            found.append((plan, due_day(period, arrears=plan.arrears)))
    return found


def run(
    store: Store, today: dt.date, settings: drafts.Settings, press: Press, only: str | None
) -> Outcome:
    """Writes what is due of all plans, or of one. A plan that cannot go on does not hold the others."""
    outcome = Outcome([], [], [])
    for plan in _chosen(store, only):
        try:
            for waiting in _unissued(store, plan):
                _issue(store, plan, waiting, today, settings, press, outcome)
            while (period := _due(store, plan, today)) is not None:
                draft = _draft(store, plan, period, today, settings)
                if draft is None:
                    continue  # another run was faster
                if plan.issue:
                    _issue(store, plan, draft.id, today, settings, press, outcome)
                else:
                    outcome.invoices.append(draft)
                    outcome.notes.append(f"Drafted {_said(plan, draft)}.")
        except CoworkError as error:
            outcome.problems.append(_of_plan(plan, error))
    return outcome


def dry_run(
    store: Store, today: dt.date, settings: drafts.Settings, copies: Path, only: str | None
) -> Outcome:
    """What `run` would write, with the same checks; the store is as before."""
    outcome = Outcome([], [], [])
    with store.rehearsal():
        for plan in _chosen(store, only):
            try:
                _would(store, plan, today, settings, copies, outcome)
            except CoworkError as error:
                outcome.problems.append(_of_plan(plan, error))
    return outcome


def _would(
    store: Store,
    plan: StoredPlan,
    today: dt.date,
    settings: drafts.Settings,
    copies: Path,
    outcome: Outcome,
) -> None:
    for text in _unissued(store, plan):
        _, waiting = drafts.find_draft(store, text, today)
        preview(store, text, Dates(today), settings, copies)
        outcome.invoices.append(waiting)
        outcome.notes.append(f"Would issue {_said(plan, waiting)}.")
    while (period := _due(store, plan, today)) is not None:
        draft = _written(store, plan, period, today, settings)
        if plan.issue:
            preview(store, draft.id, Dates(today), settings, copies)
        outcome.invoices.append(draft)
        done = "issue" if plan.issue else "draft"
        outcome.notes.append(f"Would {done} {_said(plan, replace(draft, id='an invoice'))}.")


# ---- parts


def _chosen(store: Store, only: str | None) -> list[StoredPlan]:
    if only is not None:
        return [invoice_plans.one(store, plans.find(store, only))]
    return invoice_plans.every(store)


def _due(store: Store, plan: StoredPlan, today: dt.date) -> Period | None:
    """The next period, if its day has come."""
    period = plans.upcoming(store, plan)
    if period is None or due_day(period, arrears=plan.arrears) > today:
        return None
    return period


def _unissued(store: Store, plan: StoredPlan) -> list[str]:
    """Drafts that were to be issued, as after a kill or an error."""
    return [
        row.shown for row in invoice_plans.periods(store, plan.id) if row.unissued and row.shown
    ]


def _draft(
    store: Store, plan: StoredPlan, period: Period, today: dt.date, settings: drafts.Settings
) -> Invoice | None:
    """The draft of a period, noted as billed in the same transaction; None if that is done by now."""
    with store.transaction() as journal:
        if plans.upcoming(store, plan) != period:
            return None
        draft = _written(store, plan, period, today, settings)
        journal.unattended()
    return draft


def _written(
    store: Store, plan: StoredPlan, period: Period, today: dt.date, settings: drafts.Settings
) -> Invoice:
    """Writes it, in a transaction of the caller. Raises Conflict, MustBeSaid."""
    assert period.from_ is not None
    client = usable_client(store, plan.client_id, today)
    drafts.refuse_unsaid_tax(store, plan.client_id, client, settings)
    if client.currency != plan.currency:
        raise Conflict(
            f"it was agreed on in {plan.currency}, but {client.id} pays in {client.currency} now",
            f"remove it, `cowork invoice plan remove r-{plan.id}`, and agree anew",
        )
    # On a line blanks are plain ones, as in what is typed.
    when = " ".join((period_text(period, language_of(client, settings)) or "").split())
    made = [
        drafts.Made(replace(line, text=line.text.replace("{period}", when)))
        for line in plans.lines_on(
            plans.begun(invoice_plans.lines(store, plan.id), period.from_),
            period.from_,
            client,
            settings,
        )
    ]
    assert period.to is not None
    columns = {
        "type": 380,
        "series": DEFAULT_SERIES,
        "period_from": period.from_.isoformat(),
        "period_to": period.to.isoformat(),
        "order_ref": plan.order_ref,
        "note": plan.note,
    }
    new = drafts.write(store, (plan.client_id, client), made, columns, today, settings)
    invoice_id = invoices.find(store, new.id)
    assert invoice_id is not None
    invoice_plans.bill_period(store, plan.id, period, invoice_id, issue=plan.issue)
    return invoices.invoice(store, invoice_id, today.isoformat())


def _issue(
    store: Store,
    plan: StoredPlan,
    draft: str,
    today: dt.date,
    settings: drafts.Settings,
    press: Press,
    outcome: Outcome,
) -> None:
    issued = issue(store, draft, Dates(today), settings, press)
    outcome.invoices.append(issued)
    outcome.notes.append(f"Issued {_said(plan, issued)}.")


def _said(plan: StoredPlan, invoice: Invoice) -> str:
    return (
        f"{invoice.id} to {plan.client} over {invoice.gross} for {invoice.period.from_} to "
        f"{invoice.period.to} (r-{plan.id})"
    )


def _of_plan(plan: StoredPlan, error: CoworkError) -> CoworkError:
    """The error, with the plan that it stopped."""
    error.message = f"r-{plan.id} ({plan.client}): {error.message}"
    return error
