"""The table of letters is what the installed Typst can really print."""

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from cowork_cli.documents.letters import printable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The tool that wrote the table."""
    path = ROOT / "tools" / "build_letters.py"
    spec = importlib.util.spec_from_file_location("build_letters", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_sample_of_letters_is_what_typst_can_print(tool: ModuleType) -> None:
    likely = tool.candidates(0x20, 0x2FFF)
    sample = sorted(random.Random(26).sample(likely, 300))
    lacking = set().union(*(tool.missing(sample, weight) for weight in tool.WEIGHTS))
    assert {chr(point) for point in sample if point not in lacking} == printable() & set(
        map(chr, sample)
    )
    assert lacking, "the sample holds letters that cannot be printed, too"


@pytest.mark.torture
def test_the_whole_table_is_what_typst_can_print(tool: ModuleType) -> None:
    assert {chr(point) for point in tool.covered()} == printable() - set("\t\n")


def test_german_and_european_letters_can_be_printed() -> None:
    assert set("äöüÄÖÜßẞ€„“”–…éèêçñøåæœłšžğıřţΩЖ") <= printable()
