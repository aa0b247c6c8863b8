"""The server is out of reach: what is read, what waits, what goes up, each once."""

from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.store.engine.offline.conftest import Entries

ADD = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:30", "Concept")


def test_hours_wait_and_go_up_once(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    assert desktop(*ADD).code == 0
    laptop("client", "list")
    line.cut()
    assert hours(laptop) == [("e-1", "09:00", "10:30")]
    added = laptop("track", "add", "acme/site", "--from", "11:00", "--to", "12:00")
    assert added.code == 0, str(added)
    assert "waits here and goes up" in added.err
    assert laptop("start", "acme/site", "--at", "13:00").code == 0
    assert laptop("stop", "--at", "14:00").code == 0
    assert hours(laptop)[1:] == [
        ("e-1000000000", "11:00", "12:00"),
        ("e-1000000001", "13:00", "14:00"),
    ]
    assert hours(desktop) == [("e-1", "09:00", "10:30")]
    line.mend()
    sent = laptop("client", "list")
    assert "3 changes made without the server went up" in sent.err
    everywhere = [("e-1", "09:00", "10:30"), ("e-2", "11:00", "12:00"), ("e-3", "13:00", "14:00")]
    assert hours(desktop) == everywhere
    assert hours(laptop) == everywhere
    assert "went up" not in laptop("client", "list").err
    line.cut()
    assert hours(laptop) == everywhere
    assert desktop("data", "verify").code == 0
