"""What is refused, to the word: each file of `refusals/` is a home and the lines that it answers with an error.

A line with `+` fills the home; one with `$` is refused with the exit code and the lines below it, and
changes nothing.
"""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

FOLDER = Path(__file__).parent / "refusals"
STATEMENT = """\
Buchungstag;Valuta;Name;Verwendungszweck;IBAN;Betrag;Währung
20.11.2026;20.11.2026;ACME GmbH;Rechnung;DE02120300000000202051;226,10;EUR
21.11.2026;21.11.2026;Bahn;Ticket;DE02500105170137075030;-50,00;EUR
"""


def words(line: str, folder: Path) -> list[str]:
    """A line as it is typed, without the name of the program; STATEMENT is that file."""
    statement = folder / "bank.csv"
    statement.write_text(STATEMENT, encoding="utf-8")
    return [str(statement) if word == "STATEMENT" else word for word in shlex.split(line)[2:]]


def settings_of(home: Path) -> bytes:
    """The file of settings that commands write."""
    return (home / "config/settings.toml").read_bytes()


OF_A_FILE = pytest.mark.file_store(reason="a file knows no roles, and a server does")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=OF_A_FILE if n == "unknown-ids" else ()) for n in NAMES]
)
def test_what_is_refused(acme: Cowork, home: Path, tmp_path: Path, name: str) -> None:
    filled, *refused = re.split(
        r"^(?=\$ )", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    for line in filled.splitlines():
        if line.startswith("+"):
            outcome = acme(*words(line, tmp_path))
            assert outcome.code == 0, f"{line}\n{outcome}"
    before, settings = acme("history", "--json").data, settings_of(home)
    for block in refused:
        line, answer = block.split("\n", 1)
        outcome = acme(*words(line, tmp_path))
        assert f"{outcome.code} {outcome.err}".strip() == answer.strip(), line
    assert acme("history", "--json").data == before
    assert settings_of(home) == settings
