"""The days of a team as a page that can be signed: the proof of attendance."""

from collections.abc import Mapping, Sequence
from datetime import date

from cowork_cli.documents.formats import date_text, money_text
from cowork_cli.documents.sheet_html import Sheet, page
from cowork_cli.documents.words.people import TEAM
from cowork_cli.domain.period import Period
from cowork_cli.domain.team import TeamRow
from cowork_cli.services.people import team


def written(rows: Sequence[TeamRow], period: Period, language: str, today: date) -> bytes:
    """The page; the days of each are a sum below the rows, and how many of them are still ahead is said."""
    words = TEAM[language]
    names = list(dict.fromkeys(row.name for row in rows))
    ends = [date_text(day, language) if day else "…" for day in (period.from_, period.to)]
    several = len(names) != 1
    body = [[*([row.name] if several else []), *_cells(row, words, language)] for row in rows]
    head = [*(["Name"] if several else []), *words["head"].split("|")]
    counted = team.sums(rows, lambda amount: money_text(amount, language))
    notes = [f"{name}: {_days(days, words)}, {money}" for name, days, money in counted]
    ahead = len({(row.name, row.date) for row in rows if row.date > today})
    return page(
        Sheet(
            words["title"].format(name=", ".join(names) or "–"),
            language,
            [words["lead"].format(first=ends[0], last=ends[1])],
            head,
            body,
            figures=frozenset([len(head) - 1]),
            notes=[*notes, *([words["ahead"].format(days=_days(ahead, words))] if ahead else [])],
            signed=[words["signed"]] * max(len(names), 1),
        )
    )


def _cells(row: TeamRow, words: Mapping[str, str], language: str) -> list[str]:
    """A booking: when, where, whether one came, what it costs, with VAT or without."""
    price = "–"
    if row.price is not None:
        price = f"{money_text(row.price, language)} {words.get(row.tax or '', '')}".strip()
    return [
        date_text(row.date, language), f"{row.from_:%H:%M}", f"{row.to:%H:%M}", row.space, row.desk,
        f"{row.checked_in:%H:%M}" if row.checked_in else "", words.get(row.state, row.state),
        row.cost_centre or "", price,
    ]  # fmt: skip


def _days(count: int, words: Mapping[str, str]) -> str:
    return words["day"] if count == 1 else words["sum"].format(days=count)
