"""A large import while two others write: all of it lands, and neither of them is ever turned away."""

import subprocess
import sys
from pathlib import Path

import pytest

from cowork_cli.store.engine import integrity
from tests.bench import generate

pytestmark = [pytest.mark.torture, pytest.mark.alone]
ROWS = 20_000
# Writes an entry of its own minute, again and again until the file `done` is there; says how often.
WRITER = """
import sys
from pathlib import Path
from cowork_cli.paths import locate
from cowork_cli.store.engine.store import open_store

home, number = Path(sys.argv[1]), int(sys.argv[2])
store = open_store(locate({"COWORK_HOME": str(home)}), now_ms=1_764_090_000_000,
                   command=f"track add {number}", expected=True, note=print)
written = 0
while not (home / "done").exists():
    begin = 1_000_000_000 + number * 10_000_000 + written * 60
    with store.transaction() as journal:
        journal.insert("entries", {"project_id": 1, "from_at": begin, "to_at": begin + 60,
                                   "timezone": "UTC", "day": "2001-09-09", "billable": 1})
    written += 1
print(written)
"""


def test_two_others_write_meanwhile(tmp_path: Path) -> None:
    home = tmp_path / "home"
    generate.fill(home, [])
    file = tmp_path / "hours.csv"
    hours = generate.hours(ROWS, slots=38)
    lines = [f"{hour.project},{hour.begin.isoformat()},{hour.end.isoformat()}" for hour in hours]
    file.write_text("\n".join(["project,from,to", *lines]), encoding="utf-8")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2)
    ]
    words = [sys.executable, "-m", "cowork_cli", "track", "import", "--format", "csv", str(file)]
    env = {"COWORK_HOME": str(home), "COWORK_NOW": generate.NOW, "PATH": ""}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    (home / "done").touch()
    said = [writer.communicate()[0] for writer in writers]
    assert done.returncode == 0, done.stderr
    assert [writer.returncode for writer in writers] == [0, 0], "neither gave up"
    store = generate.open_home(home)
    try:
        assert store.value("SELECT count(*) FROM entries") == ROWS + sum(map(int, said))
        assert integrity.chain(store.connection) == []
        assert integrity.replay(store.connection) == []
    finally:
        store.close()
