"""Damaged and hostile files for every reader: an outcome or one of our errors, and nothing without end.

The same mutants in every run; a failure names the reader and the number of its mutant.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cowork_cli.domain import amounts, billing, calendar_days, notice, place, terms, weekdays
from cowork_cli.errors import CoworkError
from cowork_cli.importers import MODULES
from cowork_cli.services.calendar import opening
from tests.torture.arena import world
from tests.torture.readers import BERLIN, READERS, TODAY, formats_of_hours
from tests.torture.strength import cases
from tests.tried import Tried

FEW, MANY = 8, cases(300, of=6_000)
MEMORY = 1 << 30  # bytes of address space for a reader, Python and its libraries counted
SECONDS = 20  # of CPU; the longest of them takes two


def attack(name: str, numbers: range, folder: Path) -> None:
    reader = READERS[name]
    file = folder / f"file{reader.suffix}"
    for number in numbers:
        file.write_bytes(reader.mutant(reader.samples[number % len(reader.samples)], number))
        try:
            reader.read(file)
        except CoworkError as error:
            assert error.message, f"mutant {number}"
        except Exception as error:
            raise AssertionError(f"{name}, mutant {number}: {error!r}") from error


def test_every_format_has_a_reader_here() -> None:
    assert formats_of_hours() == set(MODULES)


@pytest.mark.parametrize("name", READERS)
def test_the_samples_are_read(name: str, tmp_path: Path) -> None:
    for sample in READERS[name].samples:
        file = tmp_path / f"file{READERS[name].suffix}"
        file.write_bytes(sample)
        READERS[name].read(file)


@pytest.mark.parametrize("name", READERS)
def test_a_few_damaged_files(name: str, tmp_path: Path) -> None:
    attack(name, range(FEW // READERS[name].cost), tmp_path)


@pytest.mark.torture
@pytest.mark.parametrize("name", READERS)
def test_many_damaged_files(name: str, tmp_path: Path, tried: Tried) -> None:
    numbers = range(FEW, MANY // READERS[name].cost)
    attack(name, numbers, tmp_path)
    tried(mutants=len(numbers))


# ---- files that are large, deep or long in one place


def huge(sample: bytes) -> dict[str, bytes]:
    """A sample blown up in each way that a reader might pay more for than its size."""
    middle = len(sample) // 2
    lines = sample.splitlines(keepends=True)
    last = lines[-1] if lines else b""
    return {
        "one long word": sample[:middle] + b"A" * 1_000_000 + sample[middle:],
        "blanks": sample[:middle] + b" " * 1_000_000 + sample[middle:],
        "digits": sample[:middle] + b"9" * 1_000_000 + sample[middle:],
        "brackets": sample[:middle] + b"[" * 500_000 + sample[middle:],
        "tags": sample[:middle] + b"<a>" * 200_000 + sample[middle:],
        "signs": sample[:middle] + b'#:;,"-' * 100_000 + sample[middle:],
        "lines": sample + last * (1_000_000 // max(len(last), 200)),
    }


CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from cowork_cli.errors import CoworkError
from tests.torture.readers import READERS
try:
    READERS[sys.argv[1]].read(Path(sys.argv[2]))
except CoworkError:
    pass
"""


@pytest.mark.torture
@pytest.mark.parametrize("name", READERS)
def test_huge_files_are_bounded_in_time_and_memory(name: str, tmp_path: Path) -> None:
    code = CHILD.format(memory=MEMORY, seconds=SECONDS)
    for how, content in huge(READERS[name].samples[0]).items():
        file = tmp_path / f"file{READERS[name].suffix}"
        file.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-c", code, name, str(file)],
            env=world(tmp_path / "home"), cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{name}, {how}: {done.returncode} {done.stderr[-2000:]}"


# ---- words that people and servers write

GRAMMARS = {
    "decimal": lambda text: amounts.parse_decimal(text, "rate"),
    "amount": lambda text: amounts.parse_amount(text, "amount", None),
    "rate": amounts.parse_rate,
    "currency": amounts.parse_currency,
    "price": amounts.parse_price,
    "notice": notice.parse_notice,
    "term": lambda text: terms.parse_term(text, "term"),
    "notice of a contract": lambda text: terms.parse_notice(text, "notice"),
    "length": lambda text: calendar_days.parse_length(text, "length"),
    "weekdays": lambda text: weekdays.parse_weekdays(text, TODAY),
    "point": place.parse_point,
    "rounding": billing.parse_rule,
    "factor": billing.parse_factor,
    "hours of a day": billing.parse_hours_per_day,
    "budget": lambda text: billing.parse_budget(text, "EUR"),
    "skonto": billing.parse_skonto,
    "opening hours": lambda text: opening.spans(text, TODAY, BERLIN),
}
PIECES = st.sampled_from(
    ["0", "1", "9" * 40, "12,50", "1.500", "-", "+", "%", "/", " ", ":", ";", ",", "EUR", "€", "CHF", "gross", "net", "day", "hour", "3m", "14d", "1y",
     "quarter-end", "month-end", "years", "Monate", "zum", "Ende", "Mo", "Fr", "Mo-Fr", "PH", "SH", "off", "24/7", "09:00", "-17:00", "25:99", "week 1-53/2",
     "easter", "sunrise", "up", "15m", "h", "³", "٣", "\u202e", "\x1b", "\0", "N", "53.5", "1e9", "nan", "inf", "none", "||", '"', "2026", "Feb 30"]
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=20),
    st.lists(PIECES, max_size=7).map("".join),
    st.lists(PIECES, max_size=7).map(" ".join),
)


def grammar(name: str, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None)
    @example("9" * 5000)
    @example("0." + "1" * 60)
    @example("9" * 40 + " EUR/day")
    @given(TYPED)
    def parse(text: str) -> None:
        try:
            GRAMMARS[name](text)  # type: ignore[no-untyped-call]
        except CoworkError as error:
            assert error.message

    parse()


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_few_odd_words(name: str) -> None:
    grammar(name, 20)


@pytest.mark.torture
@pytest.mark.parametrize("name", GRAMMARS)
def test_many_odd_words(name: str) -> None:
    grammar(name, 3000)
