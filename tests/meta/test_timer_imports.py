"""A timer and a sum of hours load nothing of clients, bookings, terms: each would cost milliseconds."""

import pytest

from tests.conftest import Cowork
from tests.meta.test_imports import loaded

START = ("track", "start", "acme/site", "Concept")
OTHERS = {
    "cowork_cli.domain.billing",
    "cowork_cli.domain.booking",
    "cowork_cli.domain.client",
    "cowork_cli.domain.party",
    "cowork_cli.domain.space",
    "cowork_cli.services.clients.clients",
    "cowork_cli.services.calendar.opening",
    "cowork_cli.store.bookings",
    "cowork_cli.store.clients",
    "hashlib",
}


@pytest.mark.parametrize(
    "lines",
    [(START,), (START, ("track", "stop")), (START, ("track", "status"))],
    ids=lambda lines: " ".join(lines[-1]),
)
def test_a_timer_loads_only_its_own(acme: Cowork, lines: tuple[tuple[str, ...], ...]) -> None:
    *earlier, words = lines
    for line in earlier:
        assert acme(*line).code == 0
    assert not loaded(*words) & OTHERS


def test_a_sum_of_hours_loads_no_terms(acme: Cowork) -> None:
    added = acme("track", "add", "acme/site", "--from", "09:00", "--for", "1h")
    assert added.code == 0, str(added)
    kept = {"cowork_cli.domain.party"}  # beside the line of an invoice, which rounds the amounts
    assert not loaded("report", "hours") & (OTHERS - kept)


def test_what_is_needed_is_loaded_after_all(acme: Cowork) -> None:
    assert acme("project", "edit", "acme/site", "--budget", "1h").code == 0
    done = acme("track", "add", "acme/site", "--from", "09:00", "--for", "1h")
    assert "budget" in done.err
    assert "cowork_cli.services.clients.clients" in loaded("track", "start", "site")
