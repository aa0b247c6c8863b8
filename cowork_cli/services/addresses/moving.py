"""The run of a move: whom to tell, by when, with which letter, how far it is."""

from __future__ import annotations

from datetime import date, timedelta

from cowork_cli.data.moving import ROWS, MoveRule
from cowork_cli.domain.address import HeldAddress, Move, MoveRow
from cowork_cli.domain.calendar_days import add_months
from cowork_cli.domain.party import PostalAddress
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.services.addresses import holding
from cowork_cli.store import addresses, moves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.documents.letter_pdf import OfficeLetter
    from cowork_cli.services.addresses.letters import Desk, Settings
    from cowork_cli.store.engine.store import Store


def begin(
    old: str, new: str, day: date, *, home: bool, store: Store, settings: Settings, today: date,
    dry_run: bool,
) -> tuple[Move, list[str]]:  # fmt: skip
    """Writes down a move and the rows of its run that the profile calls for.

    Raises BadInput for the same address twice, Conflict for a move that is noted already or an address
    that is not held on that day.
    """
    from_, to = holding.find(store, old, today), holding.find(store, new, today)
    if from_.id == to.id:
        raise BadInput(f"{to.id} is both the old and the new address", "give two addresses")
    _refuse(from_, to, day, store)
    facts = _profile(settings, from_, to, home=home)
    rows = [
        (code, rule, doubt)
        for code, rule in ROWS.items()
        if (doubt := _doubt(rule, facts)) is not None
    ]
    if dry_run:
        shown = [
            _row(code, _due(rule, day), doubt or None, None, None) for code, rule, doubt in rows
        ]
        return Move("", from_.id, to.id, day, len(shown), tuple(_ordered(shown))), [
            "Nothing was written (--dry-run)."
        ]
    with store.transaction() as journal:
        number = moves.add(
            journal,
            {
                "old_id": holding.number_of(from_),
                "new_id": holding.number_of(to),
                "day": day.isoformat(),
            },
        )
        for code, rule, doubt in rows:
            due = _due(rule, day).isoformat()
            moves.add_row(
                journal, {"move_id": number, "code": code, "due": due, "doubt": doubt or None}
            )
    return _move(store, moves.MoveRecord(number, *_ids(from_, to), day)), _said(
        from_, to, day, settings
    )


def _ids(from_: HeldAddress, to: HeldAddress) -> tuple[int, int]:
    return holding.number_of(from_), holding.number_of(to)


def _refuse(from_: HeldAddress, to: HeldAddress, day: date, store: Store) -> None:
    for record in moves.every(store):
        if record.old == holding.number_of(from_):
            raise Conflict(
                f"the move away from {from_.id} on {record.day} is noted already, as m-{record.number}",
                "see it with `cowork address move --status`",
            )
    late = to.starts is not None and to.starts > day
    over = to.ends is not None and to.ends < day
    if late or over:
        raise Conflict(
            f"the new address {to.id} is not held on {day}",
            f"see it with `cowork address show {to.id}`",
        )


def _profile(
    settings: Settings, from_: HeldAddress, to: HeldAddress, *, home: bool
) -> dict[str, bool | None]:
    """The facts that call for rows; None where nobody has said."""
    kind = settings("profile.kind")
    return {
        "trade": None if kind is None else kind == "trade",
        "company": None if kind is None else kind == "company",
        "vat-id": bool(settings("seller.vat_id")),
        "staff": bool(settings("profile.staff")),
        "artists": bool(settings("profile.artists_insurance")),
        "web": bool(settings("profile.web")),
        "car": bool(settings("profile.car")),
        "home": home,
        "provider": bool(from_.provider or to.provider),
        "old-provider": bool(from_.provider),
    }


def _doubt(rule: MoveRule, facts: dict[str, bool | None]) -> str | None:
    """None: the row is not called for. Else what has to be looked at, empty where nothing has."""
    answers = [facts[need] for need in rule.needs]
    if answers and not any(answers):
        if None not in answers:
            return None
        return f"profile.kind is not set: for {' or '.join(rule.needs)} only"
    return rule.doubt or ""


def _due(rule: MoveRule, day: date) -> date:
    return add_months(day, rule.months) + timedelta(days=rule.days)


def _said(from_: HeldAddress, to: HeldAddress, day: date, settings: Settings) -> list[str]:
    printed = settings("seller.address")
    if printed in (from_.id, to.id):
        return [f"Invoices dated from {day} on carry {to.id}; those before, {from_.id}."]
    return [
        f"Invoices carry {printed or 'seller.street and seller.city'}: this move changes them only with "
        f"`cowork config set seller.address {from_.id}`."
    ]


# ---- reading


def status(store: Store) -> Move:
    """The move that is not done; of several, the earliest. Raises NotFound if there is none."""
    records = moves.every(store)
    if not records:
        raise NotFound(
            "no move is noted", "note one with `cowork address move --from ID --to ID --on DATE`"
        )
    shown = [_move(store, record) for record in records]
    return next((move for move in shown if move.open), shown[-1])


def done(code: str, *, store: Store, day: date, proof: str | None) -> Move:
    """Notes that a row is done, with its proof. Raises NotFound for a row that the run has not."""
    move = status(store)
    number = int(move.id.removeprefix("m-"))
    row = next((row for row in moves.rows_of(store, number) if row.code == code.upper()), None)
    if row is None:
        codes = ", ".join(f"`{each.code}`" for each in move.rows)
        raise NotFound(f'{move.id} has no row "{code}"', f"its rows are {codes}")
    with store.transaction() as journal:
        values: dict[str, Any] = {"done": day.isoformat()}
        if proof is not None:
            values["proof"] = proof.strip() or None
        moves.change_row(journal, row.id, values)
    record = next(one for one in moves.every(store) if one.number == number)
    return _move(store, record)


def _move(store: Store, record: moves.MoveRecord) -> Move:
    rows = [
        _row(
            row.code, date.fromisoformat(row.due), row.doubt, row.proof,
            None if row.done is None else date.fromisoformat(row.done),
        )
        for row in moves.rows_of(store, record.number)
    ]  # fmt: skip
    left = sum(row.done is None for row in rows)
    return Move(
        f"m-{record.number}", f"a-{record.old}", f"a-{record.new}", record.day, left,
        tuple(_ordered(rows)),
    )  # fmt: skip


def _ordered(rows: list[MoveRow]) -> list[MoveRow]:
    return sorted(rows, key=lambda row: (row.done is not None, row.due, int(row.code[1:])))


def _row(code: str, due: date, doubt: str | None, proof: str | None, done: date | None) -> MoveRow:
    rule = ROWS[code]
    return MoveRow(
        code=code,
        whom=rule.whom,
        due=due,
        state="open" if done is None else "done",
        rule=rule.rule,
        source=rule.source,
        doubt=doubt,
        letter=f"cowork address move --letter {code} --out FILE.pdf" if rule.letter else None,
        proof=proof or (None if done else f"wanted: {rule.proof}"),
        done=done,
    )


def letter(code: str, desk: Desk, store: Store) -> tuple[Move, OfficeLetter]:
    """The letter of a row. Raises NotFound, and Conflict for a row that is no letter."""
    from cowork_cli.documents import formats
    from cowork_cli.documents.letter_pdf import OfficeLetter, words_of
    from cowork_cli.services.addresses.letters import writer

    move = status(store)
    row = next((row for row in move.rows if row.code == code.upper()), None)
    if row is None:
        raise NotFound(
            f'{move.id} has no row "{code}"', "see them with `cowork address move --status`"
        )
    if row.letter is None:
        raise Conflict(
            f"{row.code} ({row.whom}) is not done by letter",
            "see it with `cowork address move --status`",
        )
    words = words_of(desk.language)
    old, new = (_place(store, name) for name in (move.from_, move.to))
    day = formats.date_text(move.on, desk.language)
    seller = writer(desk.settings)
    names = dict.fromkeys(name for name in (seller.company, seller.name) if name)
    return move, OfficeLetter(
        seller=seller,
        recipient=desk.recipient or (row.whom,),
        date=desk.today,
        language=desk.language,
        title=words["move_title"],
        about=words["move_about"].format(day=day),
        paragraphs=(
            words["move_text"].format(day=day),
            ", ".join([*names, *new.lines()]),
            words["move_old"].format(address=old),
            words["move_confirm"],
        ),
        to=desk.to,
        footer=desk.settings("invoice.footer"),
    )


def _place(store: Store, address: str) -> PostalAddress:
    held = addresses.one(store, int(address.removeprefix("a-")))
    assert held is not None
    street = held.street
    if street and held.name.casefold().startswith("c/o"):
        street = f"{held.name}, {street}"
    return PostalAddress(street, held.postcode, held.city, held.country)


def moved_to(store: Store, address: int, day: date) -> int:
    """The address that holds on `day` for one that is printed: moves are followed both ways."""
    records = moves.every(store)
    seen = {address}
    now = address
    while True:
        following = next((r for r in records if r.old == now and r.day <= day), None)
        before = next((r for r in records if r.new == now and r.day > day), None)
        step = following.new if following else before.old if before else None
        if step is None or step in seen:
            return now
        seen.add(step)
        now = step
