"""The prompt and TAB answer from the copy, and load nothing for it."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.meta.test_imports import loaded
from tests.postgresql.cut import Line

LOADED = {"psycopg", "tomllib", "json", "typer", "re", "pathlib"}


def test_the_prompt_and_tab_with_the_server_away(
    laptop: Cowork, desktop: Cowork, line: Line
) -> None:
    assert laptop("start", "acme/site", "--at", "17:00").code == 0
    assert laptop("prompt").out == "acme/site 1:00\n"
    line.cut()
    assert laptop("prompt").out == "acme/site 1:00\n"
    assert "e-1\t" in laptop("_names", "entry").out
    assert "acme/site" in laptop("_names", "project").out
    assert laptop("stop").code == 0
    assert laptop("prompt").out == ""


def test_other_persons_have_timers_too(
    laptop: Cowork, desktop: Cowork, cowork: Cowork, url: str, tmp_path: Path
) -> None:
    world = {"COWORK_HOME": str(tmp_path / "other"), "COWORK_STORE": url}
    assert cowork("config", "set", "profile.person", "Bea", env=world).code == 0
    assert cowork("start", "acme/site", "--at", "16:00", env=world).code == 0
    assert laptop("start", "acme/site", "Mine", "--at", "17:00").code == 0
    assert laptop("prompt", "{note} {elapsed}").out == "Mine 1:00\n"
    assert cowork("prompt", env=world).out == "acme/site 2:00\n"


def test_the_store_that_is_meant_now_is_shown(
    laptop: Cowork, laptop_home: Path, cowork: Cowork, line: Line, url: str
) -> None:
    assert laptop("start", "acme/site", "--at", "17:00").code == 0
    home = {"COWORK_HOME": str(laptop_home)}
    assert cowork("prompt", env=home).out == ""  # the variable named the server, and is gone
    assert cowork("prompt", env={**home, "COWORK_STORE": url}).out == ""  # another store
    assert cowork("config", "set", "store.url", line.url(url), env=home).code == 0
    assert cowork("track", "status", env=home).code == 0
    assert cowork("prompt", env=home).out == "acme/site 1:00\n"
    assert cowork("config", "unset", "store.url", env=home).code == 0
    assert cowork("client", "list", env=home).code == 0
    assert cowork("prompt", env=home).out == ""


def test_they_load_as_little_as_with_a_file(
    laptop: Cowork, laptop_home: Path, line: Line, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert laptop("start", "acme/site", "--at", "17:00").code == 0
    monkeypatch.setenv("COWORK_HOME", str(laptop_home))
    monkeypatch.setenv("COWORK_STORE", line.url(url))
    for words in (("prompt",), ("_names", "entry,tag")):
        modules = loaded(*words)
        assert not {name.partition(".")[0] for name in modules} & LOADED
    assert "sqlite3" in loaded("prompt")
    monkeypatch.delenv("COWORK_STORE")
    loaded("client", "list")  # the home notes that its store is a file now
    assert not {name for name in loaded("client", "list") if "offline" in name or "psycopg" in name}


def test_a_server_that_lets_one_wait_is_not_asked_again_at_once(
    laptop: Cowork, laptop_home: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cowork_cli.store.engine.offline import away

    line.cut()
    monkeypatch.setattr(away, "_SLOW_S", 0.0)
    assert laptop("track", "status").code == 0
    asked: list[str] = []
    monkeypatch.setattr(
        "cowork_cli.store.engine.postgresql.opening._connect", lambda *all: asked.append("asked")
    )
    assert laptop("track", "status").code == 0
    assert asked == []


def test_the_files_are_private(laptop: Cowork, laptop_home: Path) -> None:
    (copy,) = (laptop_home / "data" / "copies").glob("*.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
