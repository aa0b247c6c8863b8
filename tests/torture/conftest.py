"""What the attacks on every verb share: the loaded program, and the office, each made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture import office
from tests.torture.machine import Machine


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("machine")
    loaded = Machine(folder)
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the office, made once."""
    folder = tmp_path_factory.mktemp("office")
    office.filled(folder / "base", folder / "files", folder / "out")
    return folder
