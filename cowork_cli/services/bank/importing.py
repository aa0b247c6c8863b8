"""`bank import`: the bookings of a statement, each once however often it comes.

A booking is the same as one that is there if account, day, amount, name and purpose are the same, and
they are counted: where two equal ones are on a day, both stay. Of another format (CAMT, then the CSV of
the same account), or of an export that has no texts, texts differ; there a booking of the same day and
amount is the same if something tells so (the reference, the IBAN, most of the words, or that one of the
two says nothing at all), and nothing speaks against it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from cowork_cli.domain.bank import BankImport, Entry, Part, Statement
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.money import Money
from cowork_cli.domain.spoken import folded
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.importers.bank import Reading, read
from cowork_cli.importers.bank.cells import account_number
from cowork_cli.records import dataclass
from cowork_cli.store import bank
from cowork_cli.store.engine.store import Store

_WORD = re.compile(r"[^\W_]{3,}")
_NO_LETTER = re.compile(r"[^\w|]|_")
_FIGURES = re.compile(r"\d{4,}")
_LEGAL_FORMS = frozenset(
    ("gmbh", "mbh", "ohg", "gbr", "ltd", "inc", "llc", "und", "and", "the", "herr", "frau")
)
_ALIKE = 0.5  # of the words of the shorter text


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; `account` is a name or an IBAN, `mapping` the columns of `--map`."""

    path: Path
    form: str | None
    mapping: dict[str, list[str]]
    account: str | None
    dry_run: bool


def mapping_of(words: Sequence[str]) -> dict[str, list[str]]:
    """`FIELD=COLUMN` of `--map`, several for a field in their order. Raises UsageError, BadInput."""
    from cowork_cli.importers.bank.layouts import NAMES, SETTINGS

    mapping: dict[str, list[str]] = {}
    for word in words:
        field, equals, column = word.partition("=")
        field = field.strip().lower()
        if not equals or not column.strip():
            raise UsageError(
                f'"{word}" is not FIELD=COLUMN', "as in `--map booked=Date --map amount=Value`"
            )
        if field not in NAMES and field not in SETTINGS:
            raise BadInput(
                f'there is no field "{field}" to map',
                f"choose one of {', '.join((*NAMES, *SETTINGS))}",
            )
        mapping.setdefault(field, []).append(column.strip())
    return mapping


def import_file(store: Store, request: Request) -> tuple[list[BankImport], list[str]]:
    """Takes a file, whole or not at all; what was done for each account, and what to say beside it.

    Raises NotFound, BadInput naming place and reason, Conflict where the account is not clear.
    """
    reading = read(request.path, request.form, request.mapping, bank.mappings(store))
    _refuse_unbalanced(reading.statements, str(request.path))
    with_account = [one for one in reading.statements if one.entries or one.account]
    statements = with_account or list(reading.statements[:1])
    notes = _gaps(statements)
    if reading.unread:
        notes.append(f"Columns that were not read: {', '.join(reading.unread)}.")
    if request.dry_run:
        with store.connection.private():
            plans = _planned(store, request, statements)
        written: list[range] = [range(0)] * len(plans)
    else:
        plans, written = _taken(store, request, reading, statements)
    notes += [_other_format(plan) for plan in plans if plan.other_texts]
    done = [_report(request, reading, plan, ids) for plan, ids in zip(plans, written, strict=True)]
    if request.mapping and reading.head and not request.dry_run:
        notes.append("The mapping is kept: files with this heading need no `--map`.")
    return done, notes


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the statements of one account bring: `fresh` is new, `other_texts` were known otherwise.

    `uuid` is that of the account, if it is a new one.
    """

    account: bank.Account
    uuid: str
    statements: tuple[Statement, ...]
    entries: tuple[Entry, ...]
    fresh: tuple[Entry, ...]
    other_texts: int

    @property
    def form(self) -> str:
        """Format and layout, as they are kept with each booking."""
        return f"{self.statements[0].form} {self.statements[0].bank}"


def _taken(
    store: Store, request: Request, reading: Reading, statements: Sequence[Statement]
) -> tuple[list[_Plan], list[range]]:
    """Takes what is new, in one short transaction; returns the plans and the rows of each.

    Where it will land is rehearsed and taken back, and what the journal will say is put together while
    others write. Where somebody wrote in between it is planned again while others wait.
    """
    store.connection.keep_pages(16)
    with store.connection.private():
        head = store.journal.head()
        plans = _planned(store, request, statements)
    batch, accounts = None, list[int]()
    if any(plan.fresh for plan in plans):
        with store.rehearsal():
            accounts = _accounts(store, plans)
            landing = bank.landing(store)
        batch = bank.batch(store, landing, _rows(plans, accounts))
    with store.transaction() as journal:
        if journal.head() != head:
            plans, batch = _planned(store, request, statements), None
        numbers = _accounts(store, plans)
        if batch is None or (numbers, bank.landing(store)) != (accounts, batch.landing):
            rows = _rows(plans, numbers)
            batch = bank.batch(store, bank.landing(store), rows) if rows else None
        ids = bank.add_bookings(store, batch) if batch else range(0)
        if request.mapping and reading.head:
            bank.keep_mapping(store, reading.head, request.mapping)
    starts = [sum(len(plan.fresh) for plan in plans[:n]) for n in range(len(plans) + 1)]
    return plans, [ids[start:end] for start, end in pairwise(starts)]


def _accounts(store: Store, plans: Sequence[_Plan]) -> list[int]:
    """The row of the account of each plan; one that is new is added."""
    return [
        plan.account.row
        or bank.add_account(store, plan.account.name, plan.account.number, plan.uuid)
        for plan in plans
    ]


def _rows(plans: Sequence[_Plan], accounts: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of the bookings, those of one account together."""
    return [
        _row(account, entry, plan.form)
        for account, plan in zip(accounts, plans, strict=True)
        for entry in plan.fresh
    ]


def _planned(store: Store, request: Request, statements: Sequence[Statement]) -> list[_Plan]:
    by_account: dict[str | None, list[Statement]] = {}
    for statement in statements:
        by_account.setdefault(statement.account or _bank_account(statement), []).append(statement)
    if request.account and len(by_account) > 1:
        raise UsageError(
            f"{request.path} holds {len(by_account)} accounts, `--account` names one",
            "leave out `--account`",
        )
    return [_plan(store, request, group) for group in by_account.values()]


def _plan(store: Store, request: Request, statements: Sequence[Statement]) -> _Plan:
    account = _account(store, statements[0], request.account)
    entries = [entry for statement in statements for entry in statement.entries]
    form = f"{statements[0].form} {statements[0].bank}"
    days = [entry.booked for entry in entries]
    stored = bank.known(store, account.row, min(days), max(days)) if days and account.row else {}
    fresh, other_texts = _new(entries, stored, form)
    uuid = new_uuid(store.now_ms)
    return _Plan(account, uuid, tuple(statements), tuple(entries), tuple(fresh), other_texts)


def _other_format(plan: _Plan) -> str:
    return (
        f"{plan.other_texts} of {plan.account.name} were known from another format: "
        "same day and amount, texts alike."
    )


def _report(request: Request, reading: Reading, plan: _Plan, ids: range) -> BankImport:
    days = [entry.booked for entry in plan.entries]
    return BankImport(
        account=plan.account.name,
        format=plan.statements[0].form,
        bank=plan.statements[0].bank,
        read=len(plan.entries),
        new=len(plan.fresh),
        known=len(plan.entries) - len(plan.fresh),
        skipped=tuple(row for statement in plan.statements for row in statement.skipped),
        from_=min(days, default=None),
        to=max(days, default=None),
        mapping=reading.mapping,
        ids=tuple(f"{bank.PREFIX}{number}" for number in ids),
        dry_run=request.dry_run,
    )


def _row(account: int, entry: Entry, form: str) -> tuple[Any, ...]:
    """A booking by `bank.BOOKING_COLUMNS`."""
    return (
        account, entry.booked.isoformat(), entry.valued.isoformat() if entry.valued else None,
        entry.amount.minor, entry.amount.currency, entry.name, entry.iban, entry.text, entry.glued,
        entry.reference, entry.returned, bank.parts_json(entry.parts) if entry.parts else None, form, 0,
    )  # fmt: skip


# ---- each booking once


def key_of(entry: Entry) -> str:
    """Name and purpose by their letters and figures alone: blanks and line ends change from export to export."""
    return _key(entry.name, entry.text, entry.parts)


def _known_key(row: bank.Known, currency: str) -> str:
    return _key(row.name, row.text, bank.parts_of(row.parts, currency))


def _key(name: str | None, text: str, parts: Sequence[Part]) -> str:
    texts = (name or "", text, *(part.text for part in parts))
    return _NO_LETTER.sub("", "|".join(texts).casefold())


def _new(
    entries: Sequence[Entry], stored: Mapping[tuple[Any, ...], list[bank.Known]], form: str
) -> tuple[list[Entry], int]:
    """The entries that are not there yet, and how many were known by another text."""
    if not stored:
        return list(entries), 0
    left = {key: list(rows) for key, rows in stored.items()}
    unsure: list[Entry] = []
    fresh: list[Entry] = []
    for entry in entries:
        rows = left.get(_place(entry), [])
        same = key_of(entry) if rows else ""
        currency = entry.amount.currency
        twin = next((row for row in rows if _known_key(row, currency) == same), None)
        if twin is not None:
            rows.remove(twin)
        else:
            (unsure if rows else fresh).append(entry)
    known = 0
    silent = not any(map(_says, entries))
    for entry in unsure:
        rows = left[_place(entry)]
        told_in_other_ways = [
            row for row in rows if row.format != form or silent or not any(map(_says, rows))
        ]
        others = [(_likeness(entry, row), row) for row in told_in_other_ways]
        best = max(others, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= _ALIKE:
            rows.remove(best[1])
            known += 1
        else:
            fresh.append(entry)
    order = {id(entry): n for n, entry in enumerate(entries)}
    return sorted(fresh, key=lambda entry: order[id(entry)]), known


def _says(one: Entry | bank.Known) -> bool:
    """Whether it says more than day and amount: the same format is also exported without any texts."""
    return bool(one.name or one.text)


def _place(entry: Entry) -> tuple[Any, ...]:
    return entry.booked.isoformat(), entry.amount.minor, entry.amount.currency


def _likeness(entry: Entry, row: bank.Known) -> float:
    """From 0 to 1: how sure two of the same day and amount are one, told in different ways."""
    if entry.reference and row.reference and entry.reference == row.reference:
        return 1.0
    if entry.iban and row.iban and entry.iban != row.iban:
        return 0.0
    mine, theirs = (f"{one.name or ''} {one.text}".casefold() for one in (entry, row))
    figures = set(_FIGURES.findall(mine)), set(_FIGURES.findall(theirs))
    if figures[0] - figures[1] and figures[1] - figures[0]:
        return 0.0  # each names a number that the other does not
    words = set(_WORD.findall(mine)), set(_WORD.findall(theirs))
    if not all(words):
        return _ALIKE
    same_iban = entry.iban is not None and entry.iban == row.iban
    if not same_iban and _is_other(entry.name, theirs) and _is_other(row.name, mine):
        return 0.0  # two payers of the same sum
    shared = len(words[0] & words[1]) / min(len(words[0]), len(words[1]))
    close = ["".join(_WORD.findall(text)) for text in (mine, theirs)]
    if close[0] in close[1] or close[1] in close[0]:
        return 1.0
    return max(shared, 0.6 if same_iban else 0.0)


def _is_other(name: str | None, text: str) -> bool:
    """Whether a name has words, of which none is in the text; legal forms do not count, `ü` is `ue`."""
    own = set(_WORD.findall(folded(name or ""))) - _LEGAL_FORMS
    return bool(own) and own.isdisjoint(_WORD.findall(folded(text)))


# ---- accounts


def _bank_account(statement: Statement) -> str:
    """What stands for the account where the file names none: the bank it is of."""
    return f"?{statement.bank}"


def _account(store: Store, statement: Statement, asked: str | None) -> bank.Account:
    """The account of a statement: by its number, else as `--account` says; a new one has row 0."""
    there = bank.accounts(store)
    named = _named(there, asked) if asked else None
    number = statement.account
    if number is not None:
        own = next((one for one in there if one.number == number), None)
        if own is not None and named is not None and own.row != named.row:
            raise Conflict(
                f"the statement is of {number}, which is the account {own.name}, not {asked}",
                "leave out `--account`",
            )
        if own is None and named is not None and named.number not in (None, number):
            raise Conflict(
                f"the account {named.name} is {named.number}, the statement is of {number}",
                "give the new account another name with `--account NAME`",
            )
        if own is None and named is not None:
            return named
        name = asked if asked and account_number(asked) != number else number
        return own or bank.Account(0, name, number)
    if named is not None:
        return named
    if asked:
        number = (
            account_number(asked)
            if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", account_number(asked) or "")
            else None
        )
        return bank.Account(0, asked, number)
    name = statement.bank
    own = next((one for one in there if one.name == name), None)
    if own is None and there:
        raise Conflict(
            f"the file does not say of which account it is (it looks like {name})",
            f"say it with `--account {there[0].name}`, or name a new one with `--account {name.split(',')[0].split()[0]}`",
        )
    return own or bank.Account(0, name, None)


def _named(accounts: Sequence[bank.Account], asked: str) -> bank.Account | None:
    number = account_number(asked)
    return next((one for one in accounts if asked == one.name or number == one.number), None)


# ---- balances


def _refuse_unbalanced(statements: Sequence[Statement], what: str) -> None:
    """Opening balance and bookings make the closing balance; it shows every sign that was misread."""
    for statement in statements:
        if statement.opening is None or statement.closing is None:
            continue
        moved = sum(
            entry.amount.minor
            for entry in statement.entries
            if entry.amount.currency == statement.opening.currency
        )
        if statement.opening.minor + moved != statement.closing.minor:
            total = Money(moved, statement.opening.currency)
            raise BadInput(
                f"{what}: the statement of {statement.account} opens with {statement.opening} and closes with "
                f"{statement.closing}, but its {len(statement.entries)} bookings come to {total}",
                "nothing was taken; download it again",
            )


def _gaps(statements: Sequence[Statement]) -> list[str]:
    """Where one statement does not begin with the balance with which the one before it ended."""
    notes = []
    last: dict[str | None, Statement] = {}
    ordered = [one for one in statements if one.opening is not None and one.entries]
    for statement in sorted(ordered, key=lambda one: one.entries[0].booked):
        before = last.get(statement.account)
        if before and before.closing and before.closing != statement.opening:
            notes.append(
                f"Between {before.entries[-1].booked} and {statement.entries[0].booked} bookings of "
                f"{statement.account} are missing: {before.closing} at the end, {statement.opening} after it."
            )
        last[statement.account] = statement
    return notes
