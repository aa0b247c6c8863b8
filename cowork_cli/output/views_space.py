"""How a space looks on a terminal: its page, and several side by side."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.domain.place import compass_word
from cowork_cli.domain.space import AMENITIES
from cowork_cli.output import text
from cowork_cli.output.habit import signed
from cowork_cli.output.table_cells import STATE_STYLES
from cowork_cli.output.tables import table_of

UNKNOWN = "–"


def grid(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Labels and what they say; what says nothing is left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", justify="right")
    table.add_column(overflow="fold")
    for label, cell in rows:
        if cell:
            table.add_row(label, Text(cell))
    return table


# ---- one space


def space_view(space: Any, width: int) -> RenderableType:
    """A space as one would tell a friend: where, when, what for, at what price; then what is kept."""
    head = Text.assemble((space.name, "bold"), "   ", (str(space.ref), "cyan"))
    details = hasattr(space, "week")
    parts: list[RenderableType] = [
        head,
        Text(_where(space)),
        _state(space.hours).append(_told_by(space, "hours"), "dim"),
        Text(""),
    ]
    facts = _facts(space, all_amenities=details)
    parts.append(grid((label, cell and cell + _told_by(space, label)) for label, cell in facts))
    if details:
        for title, body in (
            (f"Hours ({space.timezone})", _week(space.week, space.today)),
            ("Offers" + _told_by(space, "offered"), _offers(space.offers)),
            ("Plans", _plans(space.plans)),
            ("Desks", table_of(space.desks, width - 2) if space.desks else None),
            ("Notes", _notes(space.notes)),
            ("Visits", _visits(space.visits)),
        ):
            if body is not None:
                parts += [Text(""), Text(title, style="bold"), Padding(body, (0, 0, 0, 2))]
    elif notes := _notes(getattr(space, "notes", ())):
        parts += [Text(""), Text("Notes", style="bold"), Padding(notes, (0, 0, 0, 2))]
    sources = [_source(source, getattr(space, "today", None)) for source in space.sources]
    parts += [Text(""), grid(("source" if not n else "", line) for n, line in enumerate(sources))]
    return Group(*parts)


def _where(space: Any) -> str:
    address = str(space.address) or "no address is known"
    far = distance(space)
    return f"{address}  ·  {far}" if far else address


def distance(space: Any) -> str:
    """`61.3 km south-west of 10115 Berlin`, as far as that is known."""
    if space.distance_km is None:
        return ""
    figure = f"{space.distance_km:.1f}" if space.distance_km < 100 else f"{space.distance_km:.0f}"
    far = f"{signed(figure)} km"
    seen_from = getattr(space, "seen_from", None)
    if seen_from is None:
        return far
    bearing = space.bearing_deg
    return (
        f"{far} {compass_word(bearing)} of {seen_from}"
        if bearing is not None
        else f"at {seen_from}"
    )


def _state(hours: Any) -> Text:
    if not hours.text:
        return Text("opening hours are not known", style="dim")
    if hours.state not in ("open", "closed"):
        return Text(f"{hours.text}  (as written)" if hours.state == "unknown" else hours.text)
    change = ""
    if hours.next_change is not None:
        word = "until" if hours.state == "open" else "opens"
        change = f", {word} {text.moment(hours.next_change)}"
    state = (f"{hours.state} now{change}", STATE_STYLES.get(hours.state, ""))
    return Text.assemble(state, (f"   {hours.text}", "dim"))


_FIELDS = {
    "offers": "kinds", "price": "prices", "web": "website", "phone": "phone", "mail": "email",
    "point": "point", "hours": "hours", "offered": "offers",
}  # fmt: skip


def _told_by(space: Any, label: str) -> str:
    """`  (from osm, 2026-08-01)`, where a space is known from several sources."""
    told = space.field_sources
    if label in ("there is", "there is no"):
        there = label == "there is"
        names = [name for name, value in space.amenities.items() if value is there]
        by = {told[f"amenities.{name}"] for name in names if f"amenities.{name}" in told}
    else:
        field = _FIELDS.get(label, "")
        by = {
            told[name]
            for name in (field, "price_from" if label == "price" else field)
            if name in told
        }
    if len({source.account for source in space.sources}) < 2 or not by:
        return ""
    days = {source.account: (source.as_of or "")[:10] for source in space.sources}
    shown = (f"{name}, {days[name]}" if days.get(name) else name for name in sorted(by))
    return f"  (from {'; '.join(shown)})"


def _facts(space: Any, *, all_amenities: bool) -> list[tuple[str, str]]:
    known = space.amenities
    unknown = [name for name in AMENITIES if known.get(name) is None]
    prices = space.prices or (space.price_from,)
    return [
        ("offers", ", ".join(space.kinds)),
        ("there is", ", ".join(name for name, there in known.items() if there)),
        ("there is no", ", ".join(name for name, there in known.items() if there is False)),
        ("not known", ", ".join(unknown) if all_amenities else ""),
        ("price", ", ".join(text.price(price) for price in prices)),
        ("web", space.website or ""),
        ("phone", space.phone or ""),
        ("mail", space.email or ""),
        ("point", f"{space.lat:.5f}, {space.lon:.5f}" if space.lat is not None else ""),
    ]


def _week(week: Sequence[Any], today: date) -> RenderableType | None:
    if not week or all(day.state == "unknown" for day in week):
        return None
    table = Table.grid(padding=(0, 2))
    for _ in range(3):
        table.add_column()
    for day in week:
        is_today = day.date == today
        marked = " and ".join(filter(None, ("today" if is_today else "", day.holiday)))
        if day.doubtful:
            marked += ", may be closed"
        label = Text(f"{'>' if is_today else ' '} {day.date:%a %d %b}", "bold" if is_today else "")
        style = STATE_STYLES["closed"] if day.state == "closed" else ""
        table.add_row(label, Text(day_hours(day), style), Text(marked, style="yellow"))
    return table


def day_hours(day: Any) -> str:
    """`08:00–12:00, 13:00–18:00`, `closed`, or `–` where it is not known."""
    if day.state != "open":
        return UNKNOWN if day.state == "unknown" else "closed"
    return ", ".join(f"{slot.from_:%H:%M}–{_end(slot, day.date)}" for slot in day.slots)


def _end(slot: Any, day: date) -> str:
    return "24:00" if f"{slot.to:%H:%M}" == "00:00" and slot.to.date() > day else f"{slot.to:%H:%M}"


def _offers(offers: Sequence[Any]) -> RenderableType | None:
    """What the space sells, as a catalogue tells it."""
    if not offers:
        return None
    table = Table.grid(padding=(0, 2))
    for _ in range(3):
        table.add_column(overflow="fold")
    for offer in offers:
        price = text.price(offer.price) if offer.price else "price not known"
        table.add_row(
            Text(text.one_line(offer.name)), Text(price), Text(_offer_facts(offer), "dim")
        )
    return table


def _offer_facts(offer: Any) -> str:
    ends = [str(end) for end in (offer.min_people, offer.max_people) if end is not None]
    people = "–".join(dict.fromkeys(ends))
    return (
        f"{offer.kind} · {people} {'person' if people == '1' else 'people'}"
        if people
        else offer.kind
    )


def _plans(plans: Sequence[Any]) -> RenderableType | None:
    return _lines((_plan_head(plan), plan_facts(plan)) for plan in plans) if plans else None


def _plan_head(plan: Any) -> Text:
    price = text.price(plan.price) if plan.price else "price not known"
    return Text.assemble((plan.name, "bold"), f"  {price}  ", (plan.id, "cyan"))


def plan_facts(plan: Any) -> str:
    """What else is known of a plan, in one line."""
    return " · ".join(
        part
        for part in (
            plan.kind,
            text.count(plan.count, "day") if plan.count else "",
            text.price(plan.day_price) if plan.kind == "bundle" else "",
            f"to use within {plan.expires}" if plan.expires else "",
            f"setup {text.money(plan.setup_fee)}" if plan.setup_fee else "",
            f"deposit {text.money(plan.deposit)}" if plan.deposit else "",
            f"at least {plan.min_term}" if plan.min_term else "",
            f"notice {plan.notice}" if plan.notice else "",
            *(f"{extra.name} {text.price(extra.price)}" for extra in plan.extras),
            f"since {text.day(plan.valid_from)}" if plan.valid_from else "",
            f"says {plan.source}" if plan.source else "source not kept",
            plan.note or "",
        )
        if part
    )


def _notes(notes: Sequence[str]) -> RenderableType | None:
    if not notes:
        return None
    return Text("\n".join(f"{n}  {text.one_line(note)}" for n, note in enumerate(notes, 1)))


def _visits(visits: Sequence[Any]) -> RenderableType | None:
    if not visits:
        return None
    return _lines(
        (Text.assemble((text.day(visit.date), "bold"), "  ", (visit.id, "cyan")), measured(visit))
        for visit in visits
    )


def measured(visit: Any) -> str:
    """What was measured on a visit, in one line."""
    return " · ".join(f"{label} {value}" for label, value in scores(visit) if value != UNKNOWN)


def scores(visit: Any) -> list[tuple[str, str]]:
    """Label and value of each thing that is looked at; `–` where nobody did."""

    def known(value: Any, unit: str = "") -> str:
        return UNKNOWN if value is None else f"{value}{unit}"

    noise = [visit.noise or "", "" if visit.noise_db is None else f"{visit.noise_db} dB"]
    return [
        ("down", known(visit.down_mbit, " Mbit/s")),
        ("up", known(visit.up_mbit, " Mbit/s")),
        ("noise", ", ".join(filter(None, noise)) or UNKNOWN),
        ("booths", known(visit.booths)),
        ("booth rules", known(visit.booth_rules)),
        ("chair", known(visit.chair)),
        ("sockets", known(visit.sockets)),
        ("daylight", known(visit.daylight)),
        ("answer", UNKNOWN if visit.answer_s is None else text.wait(visit.answer_s)),
        ("note", known(visit.note)),
    ]


def _lines(rows: Iterable[tuple[Text, str]]) -> RenderableType:
    """A head and an indented line below it, for each row: complete at any width."""
    parts: list[RenderableType] = []
    for head, below in rows:
        parts += [head, Padding(Text(text.one_line(below), style="dim"), (0, 0, 0, 2))]
    return Group(*parts)


def _source(source: Any, today: date | None) -> str:
    if source.account == "local":
        return "your own directory"
    licence = f", {source.licence}" if source.licence else ""
    return f"{source.ref}{licence}{_age(source.as_of, today)}"


def _age(as_of: str | None, today: date | None) -> str:
    """`, as of 2024-06-14 (2 years old)`; the age is left out where the day cannot be read."""
    if not as_of:
        return ", of an unknown day"
    shown = f", as of {as_of[:10]}"
    try:
        days = (today - date.fromisoformat(as_of[:10])).days if today else None
    except ValueError:
        return shown
    if days is None or days < 0:
        return shown
    if days < 60:
        return f"{shown} ({text.count(days, 'day')} old)"
    if days < 730:
        return f"{shown} ({days // 30} months old)"
    return f"{shown} ({days // 365} years old)"


# ---- several


def comparison_view(spaces: Any, width: int) -> RenderableType:
    """A column for each space and a row for each fact; `–` is not known, not a no."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    label = 11
    room = max(12, (width - label - 2) // len(spaces) - 2)
    table.add_column("", style="dim", width=label)
    for space in spaces:
        table.add_column(Text(space.name), width=room, overflow="fold", header_style="bold")
    for name, cells in _rows(spaces):
        table.add_row(name, *(Text(cell) for cell in cells))
    return table


def _rows(spaces: Sequence[Any]) -> list[tuple[str, list[str]]]:
    visits = [space.visits[0] if space.visits else None for space in spaces]
    rows = [
        ("ref", [str(space.ref) for space in spaces]),
        ("address", [str(space.address) or UNKNOWN for space in spaces]),
        ("distance", [distance(space) or UNKNOWN for space in spaces]),
        ("hours", [space.hours.text or UNKNOWN for space in spaces]),
        ("today", [_today(space) for space in spaces]),
        ("offers", [", ".join(space.kinds) or UNKNOWN for space in spaces]),
        ("price", [_prices(space) for space in spaces]),
        ("plans", ["\n".join(map(_short_plan, space.plans)) or UNKNOWN for space in spaces]),
    ]
    rows += [(name, [_yes(space, name) for space in spaces]) for name in _named_amenities(spaces)]
    if any(visits):
        rows.append(("visited", [text.day(visit.date) if visit else UNKNOWN for visit in visits]))
        cards = [_scorecard(space.visits) for space in spaces]
        named = dict.fromkeys(name for card in cards for name in card)
        rows += [(name, [card.get(name, UNKNOWN) for card in cards]) for name in named]
    rows.append(
        (
            "sources",
            [", ".join(dict.fromkeys(s.account for s in space.sources)) for space in spaces],
        )
    )
    return rows


def _scorecard(visits: Sequence[Any]) -> dict[str, str]:
    """The newest value that is known of each thing that was looked at."""
    card: dict[str, str] = {}
    for visit in visits:
        for name, value in scores(visit):
            if value != UNKNOWN:
                card.setdefault(name, value)
    return {name: card[name] for visit in visits[:1] for name, _ in scores(visit) if name in card}


def _today(space: Any) -> str:
    return day_hours(space.week[0]) if space.week else UNKNOWN


def _prices(space: Any) -> str:
    prices = [price for price in space.prices or (space.price_from,) if price is not None]
    return "\n".join(map(text.price, prices)) or UNKNOWN


def _short_plan(plan: Any) -> str:
    return f"{plan.name}: {text.price(plan.price) if plan.price else UNKNOWN}"


def _named_amenities(spaces: Sequence[Any]) -> list[str]:
    """Those that are known of at least one, the usual ones first."""
    known = {n for space in spaces for n, there in space.amenities.items() if there is not None}
    return [name for name in AMENITIES if name in known] + sorted(known - {*AMENITIES})


def _yes(space: Any, name: str) -> str:
    return {True: "yes", False: "no"}.get(space.amenities.get(name), UNKNOWN)
