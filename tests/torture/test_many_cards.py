"""A file of 10,000 vCards: in one change, in bounded memory, and whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.torture
CARDS = 10_000


def written(file: Path, *, end: str = "") -> Path:
    with file.open("w", encoding="utf-8") as out:
        for number in range(CARDS):
            out.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u-{number}\r\nN:Muster{number};Änne;;;\r\n"
                f"FN:Änne Muster{number}\r\nORG:Firma {number}\r\nEMAIL:a{number}@example.org\r\n"
                "CATEGORIES:python,sql\r\nNOTE:Hallo\\, Welt\r\nEND:VCARD\r\n"
            )
        out.write(end)
    return file


def test_ten_thousand_are_one_change(acme: Cowork, tmp_path: Path) -> None:
    file = written(tmp_path / "many.vcf")
    taken = acme("people", "import", str(file), "--json")
    assert (taken.code, taken.data["taken"]) == (0, CARDS)
    again = acme("people", "import", str(file), "--json").data
    assert (again["taken"], again["known"]) == (0, CARDS)
    acme("undo", "--json")
    assert acme("people", "find", "--json").data == []


def test_the_last_one_broken_takes_none(acme: Cowork, tmp_path: Path) -> None:
    file = written(tmp_path / "many.vcf", end="BEGIN:VCARD\r\nFN:Eve\r\n")
    refused = acme("people", "import", str(file))
    assert (refused.code, "1 of 10001 cards" in refused.err) == (6, True)
    assert acme("people", "find", "--json").data == []


def test_the_memory_is_bounded(acme: Cowork, tmp_path: Path) -> None:
    file = written(tmp_path / "many.vcf")
    words = [sys.executable, "-m", "cowork_cli", "people", "import", str(file), "--dry-run", "-q"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert used.ru_maxrss < 120 * 1024  # kB
