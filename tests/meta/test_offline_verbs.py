"""What can do without the server: a verb says so itself, and no other may."""

from cowork_cli import app

WRITING = "start stop cancel resume add edit split remove"
READING = (
    "track status, track list, track gaps, status, booking list, client list, project list, data outbox, "
    "report hours, report unbilled, report budget, report vat, report zm, report profit, report clients, "
    "report days, report places, report origin"
)


def test_these_and_no_others() -> None:
    found = {" ".join(verb.path) for verb in app.all_verbs() if verb.function.offline}
    assert found == {f"track {verb}" for verb in WRITING.split()} | set(READING.split(", "))
