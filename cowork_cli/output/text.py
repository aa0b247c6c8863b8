"""How values read for people: durations, money, days, counted nouns."""

from __future__ import annotations

from cowork_cli.domain.nouns import count as count
from cowork_cli.output.habit import amount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from cowork_cli.domain.einvoice_shown import Amount
    from cowork_cli.domain.money import Money, Price


def duration(seconds: int) -> str:
    """`2 h 15 min`, `45 min`, `12 s`."""
    sign = "-" if seconds < 0 else ""
    seconds = abs(seconds)
    if seconds < 60:
        return f"{sign}{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{sign}{minutes} min"
    return f"{sign}{hours} h {minutes} min" if minutes else f"{sign}{hours} h"


def wait(seconds: int) -> str:
    """`3 days`, `2 h 15 min`: how long one waited."""
    days, rest = divmod(seconds, 86_400)
    return count(days, "day") if days and not rest else duration(seconds)


def clock_duration(seconds: int) -> str:
    """`2:15`, for columns of figures; seconds below a minute are shown as `0:00:12`."""
    hours, rest = divmod(seconds, 3600)
    if 0 < seconds < 60:
        return f"0:00:{rest:02}"
    return f"{hours}:{rest // 60:02}"


def money(value: Money | Amount | None) -> str:
    """`1,234.50 EUR`, `1.234,50 €` for a German reader, nothing for None."""
    return "" if value is None else amount(value.amount, value.currency)


def rate(value: Decimal | None, currency: str, per: str | None = None) -> str:
    """Money for one unit with all its decimals: `95.00 EUR/hour`, `0.1234 EUR`; nothing for None."""
    if value is None:
        return ""
    from cowork_cli.data.currencies import digits_of

    decimals = len(f"{value:f}".rstrip("0").partition(".")[2])
    shown = amount(round(value, max(digits_of(currency), decimals)), currency)
    return f"{shown}/{per}" if per else shown


def price(value: Price | None) -> str:
    """`18.00 EUR/day net`, `18,00 €/day net` for a German reader, nothing for None."""
    if value is None:
        return ""
    per = "" if value.per == "once" else f"/{value.per}"
    return f"{money(value.money)}{per}{'' if value.tax == 'unknown' else ' ' + value.tax}"


def moment(value: datetime | None) -> str:
    """`Wed 2026-11-25 14:30`, local to its own zone."""
    return "" if value is None else f"{value:%a %Y-%m-%d %H:%M}"


def day(value: date | None) -> str:
    """`Wed 2026-11-25`."""
    return "" if value is None else f"{value:%a %Y-%m-%d}"


def one_line(text: str) -> str:
    """`text` in one line and without what steers: foreign text neither moves the cursor nor turns a line."""
    if text.isprintable():
        return text.strip()
    import re

    from cowork_cli.domain.steering import BREAKING, TURNING

    return re.sub(f"[{BREAKING}]+", " ", re.sub(f"[{TURNING}]", "", text)).strip()


def harmless(text: str) -> str:
    """`text` with its lines, tabs and blanks, without what steers a terminal."""
    if text.isprintable():
        return text
    import re

    from cowork_cli.domain.steering import BREAKING, TURNING

    return re.sub(rf"(?![\t\n])[{BREAKING}{TURNING}]", "", text)
