"""Joint jobs: opening, finding, showing and closing them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cowork_cli.domain import texts
from cowork_cli.domain.amounts import parse_amount, parse_decimal
from cowork_cli.domain.jobs import SPLITS, Job
from cowork_cli.domain.money import Money
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import find_client, find_project
from cowork_cli.services.identifiers.naming import Candidate, choose
from cowork_cli.services.invoices.quotes import usable_client
from cowork_cli.services.jobs import sheets
from cowork_cli.services.people import people
from cowork_cli.store import clients, jobs
from cowork_cli.store.jobs import JobRow

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

ME = ("me", "ich")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job as it was typed. `with_` are PERSON or PERSON:SHARE, `me:SHARE` too."""

    name: str
    client: str
    with_: Sequence[str]
    split: str | None = None
    project: str | None = None
    total: str | None = None
    lead: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """One of them: the row of the person, None for oneself, and the share that was typed."""

    person: int | None
    name: str
    share: str | None

    @property
    def own(self) -> bool:
        return self.person is None


def open_(store: "Store", wanted: Wanted, today: date) -> tuple[Job, list[str]]:
    """Opens a job. Raises BadInput for shares that are not the whole, NotFound, Conflict."""
    name = _new_name(store, wanted.name)
    client = find_client(store, wanted.client)
    about = usable_client(store, client, today)
    project = _project(store, wanted.project, about.id)
    split, parts = _parts(store, wanted)
    if split == "hours" and project is None and all(part.share is None for part in parts):
        raise BadInput(
            "where your own hours for it are is not said",
            f"name their project, as in `--project {about.id}/NAME`, or give the others a rate",
        )
    since = wanted.since or today
    if since > today:
        raise BadInput(f"{since} is ahead", "give a day up to today with `--from`")
    total = _total(wanted.total, split, parts, about.currency)
    shares, notes = _shares(split, parts, about.currency, total)
    lead = _lead(store, wanted.lead, parts)
    rows = [
        {
            "person_id": part.person, "own": int(part.own), "name": part.name,
            "share": shares[at], "leads": int(at == lead),
        }
        for at, part in enumerate(parts)
    ]  # fmt: skip
    values: dict[str, Any] = {
        "name": name, "client_id": client, "project_id": project, "split": split,
        "currency": about.currency, "total": total, "opened_on": since.isoformat(),
    }  # fmt: skip
    with store.transaction() as journal:
        job = jobs.add(journal, values, rows)
    if parts[lead].person is not None:
        notes.append(
            f"{parts[lead].name} invoices {about.id}: say what with `cowork job settle "
            f"{shell_word(name)} --amount EUR`."
        )
    return sheets.shown(store, _at(store, job), today), notes


def _new_name(store: "Store", text: str) -> str:
    """Raises BadInput for none, Conflict for one that another job has."""
    name = texts.line(text, "the name")
    if name is None:
        raise BadInput("a job needs a name", "give it as in `cowork job open NAME`")
    if any(row.name.casefold() == name.casefold() for row in jobs.every(store)):
        raise Conflict(
            f'there is a job "{name}"', f"see it with `cowork job show {shell_word(name)}`"
        )
    return name


def find(store: "Store", query: str, *, strict: bool = False) -> JobRow:
    """The job meant: `job-1` or its name. Raises NotFound, Ambiguous."""
    known = {f"job-{row.id}": row for row in jobs.every(store)}
    candidates = [Candidate(key, row.name, key, row.client) for key, row in known.items()]
    return known[choose(query, candidates, "joint job", strict).id]


def listed(store: "Store", today: date, *, closed: bool) -> list[Job]:
    """Jobs, the newest first."""
    return [
        sheets.shown(store, row, today) for row in jobs.every(store) if closed or not row.closed
    ]


def close(store: "Store", query: str, today: date, *, force: bool) -> tuple[Job, list[str]]:
    """Ends a job. Raises Conflict where somebody has not been paid, unless `force`, and when it is ended."""
    row = find(store, query, strict=True)
    refuse_closed(row)
    now = sheets.shown(store, row, today)
    waiting = [part for part in now.parts if part.open is not None and part.open.minor]
    if not force and now.state == "open":
        raise Conflict(
            f"{row.name} is not settled",
            f"settle it with `cowork job settle {shell_word(row.name)}`",
        )
    if not force and waiting:
        lines = "; ".join(f"{part.open} from {part.from_} to {part.to}" for part in waiting)
        raise Conflict(
            f"{row.name} is not paid: {lines}",
            f"say that it is with `cowork job settle {shell_word(row.name)} --paid PERSON`, or close it "
            "anyway with `--force`",
        )
    with store.transaction() as journal:
        jobs.change(journal, row.id, {"closed_on": today.isoformat()})
    return sheets.shown(store, _at(store, row.id), today), [f"Closed {row.name}."]


def refuse_closed(row: JobRow) -> None:
    """Raises Conflict for a job that is done with."""
    if row.closed:
        raise Conflict(
            f"{row.name} was closed on {row.closed_on}",
            f"see it with `cowork job show {shell_word(row.name)}`; `cowork undo` takes the last change back",
        )


def _at(store: "Store", number: int) -> JobRow:
    row = jobs.one(store, number)
    assert row is not None
    return row


def _project(store: "Store", text: str | None, client: str) -> int | None:
    """The row of the project. Raises BadInput for one of another client, Conflict for one that has a job."""
    if text is None:
        return None
    number = find_project(store, text, usable=True)
    project = clients.project(store, number, "9999")
    if project.id.partition("/")[0] != client:
        raise BadInput(f"{project.id} is no project of {client}", "name one of that client")
    other = jobs.of_project(store, number)
    if other is not None:
        raise Conflict(
            f"{project.id} belongs to the job {other.name} already",
            f"see it with `cowork job show {shell_word(other.name)}`",
        )
    return number


# ---- who, and for how much


def _parts(store: "Store", wanted: Wanted) -> tuple[str, list[_Part]]:
    """How it is split, and oneself and the others; oneself first where that was not said."""
    if wanted.split is not None and wanted.split not in SPLITS:
        raise BadInput(f'cannot split by "{wanted.split}"', f"choose one of {', '.join(SPLITS)}")
    parts: list[_Part] = []
    for text in wanted.with_:
        who, colon, share = text.rpartition(":")
        if not colon:
            who, share = text, ""
        if colon and not share.strip():
            raise BadInput(f'"{text}" has no share', "write it as `--with ada:40`")
        if who.strip().casefold() in ME:
            part = _Part(None, "me", share.strip() or None)
        else:
            number = people.find(store, who.strip())
            part = _Part(number, people.at(store, number).name, share.strip() or None)
        if any(other.person == part.person for other in parts):
            raise BadInput(f"{part.name} was named twice", "name each once, with the whole share")
        parts.append(part)
    if not any(part.own for part in parts):
        parts.insert(0, _Part(None, "me", None))
    if len(parts) < 2:
        raise BadInput("a joint job needs somebody else", "name them, as in `--with ada:40`")
    given = [part.share is not None for part in parts if not part.own]
    split = wanted.split or ("percent" if any(given) else "hours")
    if any(given) != all(given) or (split != "hours" and not all(given)):
        raise BadInput(
            "a share is missing", "give one to each of the others, as in `--with ada:40`"
        )
    return split, parts


def _total(typed: str | None, split: str, parts: Sequence[_Part], currency: str) -> int | None:
    """What the client is invoiced, in the minor unit: as typed, else the sum where every part is fixed.

    None where neither says it. Raises BadInput.
    """
    if typed is not None:
        amount, _ = parse_amount(typed, "--total", currency)
        total = Money.of(amount, currency).minor
        if total <= 0:
            raise BadInput("--total is not above zero", "give what the client is invoiced, net")
        return total
    if split == "fixed" and all(part.share is not None for part in parts):
        return Money.of(
            sum((_amount(part, currency) for part in parts), Decimal(0)), currency
        ).minor
    return None


def _shares(
    split: str, parts: Sequence[_Part], currency: str, total: int | None
) -> tuple[list[str | None], list[str]]:
    """The share of each as it is kept, and what was made of what was not said. Raises BadInput."""
    own = next(at for at, part in enumerate(parts) if part.own)
    _refuse_nothing(split, parts, currency)
    if split == "percent":
        given = [_percent(part) if part.share is not None else None for part in parts]
        return _filled(given, own, _WHOLE, "%")
    if split == "fixed":
        given = [_amount(part, currency) if part.share is not None else None for part in parts]
        if total is None:
            notes = ["You keep what is left of the invoice to the client."]
            return [None if one is None else f"{one:f}" for one in given], notes
        return _filled(given, own, Money(total, currency).amount, f" {currency}")
    rates = [_amount(part, currency) if part.share is not None else None for part in parts]
    if rates[own] is not None:
        raise BadInput(
            "your own rate is not needed", "you keep what is left, or leave all rates out"
        )
    said = (
        "They get their rate for each hour; you keep what is left."
        if any(rates)
        else "Each gets a part by the hours that were worked."
    )
    return [None if rate is None else f"{rate:f}" for rate in rates], [said]


def _filled(
    given: list[Decimal | None], own: int, whole: Decimal, unit: str
) -> tuple[list[str | None], list[str]]:
    """The shares, one's own being the rest where it was not said. Raises BadInput where they are not the whole."""
    others = sum((one for at, one in enumerate(given) if at != own and one is not None), Decimal(0))
    mine = given[own]
    rest = whole - others
    if rest < 0 or (mine is not None and mine != rest):
        there = others + (mine or Decimal(0))
        raise BadInput(
            f"the shares are {there:f}{unit}, not the whole of {whole:f}{unit}",
            "make them add up; without `me:SHARE` you keep what is left",
        )
    notes = [] if mine is not None else [f"You keep {rest:f}{unit}."]
    return [f"{rest if at == own else one:f}" for at, one in enumerate(given)], notes


def _refuse_nothing(split: str, parts: Sequence[_Part], currency: str) -> None:
    """Raises BadInput for one of the others who would have no part: that is nobody of this job."""
    for part in parts:
        if part.own or part.share is None:
            continue
        if not (_percent(part) if split == "percent" else _amount(part, currency)):
            raise BadInput(
                f"the share of {part.name} is nothing", f"leave {part.name} out, or give a share"
            )


def _percent(part: _Part) -> Decimal:
    value = parse_decimal((part.share or "").removesuffix("%").strip(), f"the share of {part.name}")
    if not 0 <= value <= _WHOLE:
        raise BadInput(f"the share of {part.name} is not 0 to 100 %", "write it as `ada:40`")
    return value


def _amount(part: _Part, currency: str) -> Decimal:
    value, _ = parse_amount(part.share or "", f"the share of {part.name}", currency)
    if value < 0:
        raise BadInput(f"the share of {part.name} is below zero", "write it as `ada:1200`")
    return value


def _lead(store: "Store", text: str | None, parts: Sequence[_Part]) -> int:
    """Who invoices the client: oneself, unless another one is named."""
    if text is None or text.strip().casefold() in ME:
        return next(at for at, part in enumerate(parts) if part.own)
    number = people.find(store, text)
    for at, part in enumerate(parts):
        if part.person == number:
            return at
    raise BadInput(f'"{text}" has no part in the job', "name one of `--with`, or `me`")
