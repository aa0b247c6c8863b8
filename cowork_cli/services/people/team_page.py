"""The days of a team as a page that can be signed: the proof of attendance."""

from collections.abc import Sequence

from cowork_cli.documents.formats import date_text, money_text
from cowork_cli.documents.sheet_html import Sheet, page
from cowork_cli.documents.words.people import TEAM
from cowork_cli.domain.period import Period
from cowork_cli.domain.team import TeamRow
from cowork_cli.services.people import team


def written(rows: Sequence[TeamRow], period: Period, language: str) -> bytes:
    """The page; the days of each are a sum below the rows."""
    words = TEAM[language]
    names = list(dict.fromkeys(row.name for row in rows))
    ends = [date_text(day, language) if day else "…" for day in (period.from_, period.to)]
    several = len(names) != 1
    body = [
        [
            *([row.name] if several else []),
            date_text(row.date, language), f"{row.from_:%H:%M}", f"{row.to:%H:%M}", row.space,
            row.desk, row.state, row.cost_centre or "",
            money_text(row.price, language) if row.price else "–",
        ]
        for row in rows
    ]  # fmt: skip
    head = [*(["Name"] if several else []), *words["head"].split("|")]
    sums = [
        f"{name}: {words['sum'].format(days=days)}, {money}"
        for name, days, money in team.sums(rows)
    ]
    return page(
        Sheet(
            words["title"].format(name=", ".join(names) or "–"),
            language,
            [words["lead"].format(first=ends[0], last=ends[1])],
            head,
            body,
            figures=frozenset([len(head) - 1]),
            notes=sums,
            signed=[words["signed"]] * max(len(names), 1),
        )
    )
