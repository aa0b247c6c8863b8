"""The settlement of a joint job as a page or as CSV."""

import csv
import io

from cowork_cli.documents.formats import money_text, quantity_text
from cowork_cli.documents.sheet_html import Sheet, page
from cowork_cli.documents.words.people import JOB
from cowork_cli.domain.jobs import Job, JobPart
from cowork_cli.domain.money import hours_of
from cowork_cli.domain.spreadsheet import harmless


def written(job: Job, name: str, me: str | None, client: str, language: str) -> bytes:
    """The sheet: a page for a name that ends in .html, else CSV."""
    if name.lower().endswith(".html"):
        return _page(job, me, client, language)
    return _csv(job, me)


def _who(name: str | None, me: str | None) -> str:
    return (me or "me") if name == "me" else name or ""


def _csv(job: Job, me: str | None) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["name", "share", "hours", "amount", "currency", "payer", "payee", "invoiced", "paid", "open",
         "invoices"]
    )  # fmt: skip
    for part in job.parts:
        money = [part.amount, part.invoiced, part.paid, part.open]
        amount, invoiced, paid, owed = (f"{one.amount:f}" if one else "" for one in money)
        cells = [
            _who(part.name, me), part.share or "", f"{hours_of(part.duration_s):f}", amount,
            part.invoiced.currency, _who(part.from_, me), _who(part.to, me), invoiced, paid, owed,
            " ".join(part.invoices),
        ]  # fmt: skip
        table.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode()


def _page(job: Job, me: str | None, client: str, language: str) -> bytes:
    words = JOB[language]
    names = {"me": me or "me", job.client: client}

    def who(name: str | None) -> str:
        return names.get(name or "", name or "")

    def row(part: JobPart) -> list[str]:
        money = [part.amount, part.open]
        amount, owed = (money_text(one, language) if one else "–" for one in money)
        return [
            who(part.name), _figures(part.share or "", language), quantity_text(hours_of(part.duration_s), language, 2), amount,
            f"{who(part.from_)} → {who(part.to)}", ", ".join(part.invoices), owed,
        ]  # fmt: skip

    total = money_text(job.total, language) if job.total else "–"
    owed = money_text(job.open, language) if job.open else "–"
    return page(
        Sheet(
            words["title"].format(job=job.name),
            language,
            [words["lead"].format(client=client, leads=who(job.leads), total=total)],
            words["head"].split("|"),
            [row(part) for part in job.parts],
            [words["sum"], "", "", total, "", "", owed],
            frozenset([1, 2, 3, 6]),
            [words["net"]],
            [who(part.name) for part in job.parts],
        )
    )


def _figures(share: str, language: str) -> str:
    """A share as it is read in the language; a figure of ours has a dot, and nothing that groups it."""
    return share.replace(".", ",") if language == "de" else share
