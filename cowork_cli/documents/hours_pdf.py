"""The page of hours as a PDF, by the route of the invoices; `hours.typ` owns the layout."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from cowork_cli.documents.hours_view import view_of
from cowork_cli.documents.typeset import typeset
from cowork_cli.domain.picture import HoursPage

_TEMPLATE = Path(__file__).with_name("hours.typ")


def render_hours_pdf(page: HoursPage, font: Path | None = None) -> bytes:
    """The page; equal input gives equal bytes. Raises BadInput for letters without a font."""
    noon = datetime.combine(page.made, time(12), UTC)
    return typeset(_TEMPLATE, view_of(page), _fields(page), noon, font=font)


def _fields(page: HoursPage) -> Iterator[tuple[str, str]]:
    """What the person typed, with the name of the field."""
    for text in (page.seller.name, page.seller.company, page.seller.email, page.seller.phone):
        yield "the seller's name or address", text or ""
    if page.client is not None:
        yield "the client's name", page.client.company or page.client.name
    for name, _ in page.projects:
        yield "the name of a project", name
