"""The day log as a document: a PDF or a CSV for the tax adviser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cowork_cli.services.days.looking import days_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.config import Config
    from cowork_cli.domain.period import Period
    from cowork_cli.services.days.report import Report
    from cowork_cli.store.engine.store import Store


def document(
    store: Store,
    report: Report,
    period: Period,
    form: str,
    language: str,
    config: Config,
    today: date,
) -> bytes:
    """The bytes of a `pdf` or `csv`. Raises BadInput for letters that no font holds."""
    from cowork_cli.documents.day_log import DayLog, day_log_csv, day_log_pdf

    town = " ".join(filter(None, (config.text("seller.postcode"), config.text("seller.city"))))
    log = DayLog(
        name=config.text("seller.name") or config.text("seller.company") or "",
        address=tuple(filter(None, (config.text("seller.street"), town))),
        period=period,
        made_on=today,
        days=days_of(store, period.from_, period.to),
        figures=report.figures,
        rules=report.rules,
        counters=report.counters,
        lacks=report.lacks,
    )
    if form == "csv":
        return day_log_csv(log)
    font = config.text("invoice.font")
    return day_log_pdf(log, language, Path(font).expanduser() if font else None)
