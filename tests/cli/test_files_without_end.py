"""A file that says nothing of its size, as a device or a pipe: no more is read than may be, and it is refused."""

import shlex
from typing import Any

import pytest

from cowork_cli.commands.booking import files as answers
from cowork_cli.documents import logo
from cowork_cli.importers import vcards
from cowork_cli.services.books import expenses
from cowork_cli.services.events import events
from cowork_cli.services.invoices import verifying
from cowork_cli.services.spaces import gazetteers
from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")
TOO_LARGE = "error: /dev/zero is larger than 2 MB\nhint: "


@pytest.fixture
def booked(acme: Cowork, played: Played) -> Cowork:
    """A home with a person, a job and a booking."""
    return played(
        ("people", "add", "Ada"),
        ("job", "open", "web", "--with", "ada:40", "--client", "acme", "--total", "1000"),
        ("space", "add", "Loft", "--city", "Berlin"),
        ("desk", "add", "loft", "A", "--price", "day=20"),
        ("book", "loft/A", "--on", "2026-12-01", "--yes"),
    )


@pytest.mark.parametrize(
    ("line", "limit", "hint"),
    [
        ("expense add --text x --gross 5 --receipt", (expenses, "MOST_BYTES"), "scan it in a lower resolution"),
        ("job settle web --received", (verifying, "LIMIT"), "give the invoice that came in"),
        ("invoice verify", (verifying, "LIMIT"), "give a CII or UBL invoice, or a PDF with one inside"),
        ("people import", (vcards, "MOST"), "export the people without pictures"),
        ("event import", (events, "MOST_BYTES"), "give a shorter calendar"),
        ("place update AT --file", (gazetteers, "MOST_TEXT_BYTES"), "give the path of a list of GeoNames"),
        ("booking confirm b-1 --from", (answers, "_LARGEST"), "save the mail that answers alone"),
    ],
)  # fmt: skip
def test_it_is_refused(
    booked: Cowork, line: str, limit: tuple[Any, str], hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*limit, 2 * 1024 * 1024)
    outcome = booked(*shlex.split(line), "/dev/zero")
    assert (outcome.code, outcome.err) == (2, f"{TOO_LARGE}{hint}\n")


def test_a_logo_too(acme: Cowork) -> None:
    outcome = acme("config", "set", "invoice.logo", "/dev/zero")
    assert outcome.code == 2
    assert f"the logo /dev/zero has more than {logo.LARGEST // 1_000_000} MB" in outcome.err
