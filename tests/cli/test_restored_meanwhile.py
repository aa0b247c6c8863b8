"""What another command writes while a store is being replaced is not lost in silence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.services.home import portable, restoring
from tests.conftest import Cowork, Outcome
from tests.postgresql.fixtures import NewDatabase

TOLD = "another command has changed the store, nothing was changed"


@pytest.fixture
def meanwhile(cowork: Cowork, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Adds a client as soon as a function of a module has done its part."""

    def patch(module: Any, name: str) -> None:
        plain = getattr(module, name)

        def then(*words: Any) -> Any:
            done = plain(*words)
            assert cowork("client", "add", "zeta", "--name", "Zeta AG").code == 0
            return done

        monkeypatch.setattr(module, name, then)

    return patch


def is_busy(done: Outcome, cowork: Cowork, clients: list[str]) -> None:
    assert done.code == 6, str(done)
    assert TOLD in done.err
    assert "hint: run it again" in done.err
    assert [client["id"] for client in cowork("client", "list", "--json").data] == clients
    assert cowork("data", "verify").code == 0


@pytest.mark.file_store("a server keeps a copy in the transaction that replaces it")
def test_a_restore_sees_what_came_after_its_copy(
    acme: Cowork, meanwhile: Callable[[Any, str], None]
) -> None:
    file = acme("data", "backup", "--json").data["file"]
    meanwhile(restoring, "pack")
    is_busy(acme("data", "restore", file, "--yes"), acme, ["acme", "zeta"])


@pytest.mark.parametrize("where", ["file", "server"])
def test_an_import_sees_that_the_store_is_no_longer_empty(
    where: str,
    acme: Cowork,
    tmp_path: Path,
    new_database: NewDatabase,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Any, str], None],
) -> None:
    file = tmp_path / "all.zip"
    assert acme("data", "export", "--out", str(file)).code == 0
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "empty"))
    if where == "server":
        assert acme("config", "set", "store.url", new_database()).code == 0
    meanwhile(portable, "_build")
    is_busy(acme("data", "import", str(file)), acme, ["zeta"])
