"""`cowork completion`: the script of a shell, and where it is put."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cowork_cli.commands.completion import SHELLS
from tests.conftest import Cowork

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "bash": ".local/share/bash-completion/completions/cowork",
    "zsh": ".local/share/zsh/site-functions/_cowork",
    "fish": ".config/fish/completions/cowork.fish",
    "powershell": ".local/share/cowork/cowork.ps1",
}
Install = Callable[..., object]


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("shell", SHELLS)
def test_show_prints_the_very_file(cowork: Cowork, shell: str) -> None:
    expected = (ROOT / "completions" / SHELLS[shell]).read_text(encoding="utf-8")
    outcome = cowork("completion", "show", shell)
    assert (outcome.code, outcome.out, outcome.err) == (0, expected, "")
    data = cowork("completion", "show", shell, "--json").data
    assert data == {"shell": shell, "script": expected}


def test_a_shell_that_is_not_known(cowork: Cowork) -> None:
    outcome = cowork("completion", "show", "tcsh")
    assert outcome.code == 2
    assert 'no completion for "tcsh"' in outcome.err
    assert "powershell" in outcome.err
    assert cowork("completion", "show", "pwsh").code == 0


@pytest.mark.parametrize("shell", SHELLS)
def test_install_twice_and_remove_twice(cowork: Cowork, shell: str, user: Path) -> None:
    place = user / PLACES[shell]
    first = cowork("completion", "install", shell, "--json")
    assert first.code == 0
    assert first.data["path"] == str(place)
    assert first.data["installed"] is first.data["changed"] is True
    assert place.read_bytes() == (ROOT / "completions" / SHELLS[shell]).read_bytes()
    assert everything(user) == [place]

    second = cowork("completion", "install", shell)
    assert second.code == 0
    assert "nothing was changed" in second.err

    removed = cowork("completion", "install", shell, "--remove")
    assert removed.code == 0
    assert f"Removed {place}" in removed.err
    assert everything(user) == []
    again = cowork("completion", "install", shell, "--remove", "--json")
    assert again.code == 0
    assert again.data["installed"] is again.data["changed"] is False


@pytest.mark.parametrize("remove", [(), ("--remove",)])
def test_a_dry_run_says_it_and_changes_nothing(
    cowork: Cowork, user: Path, remove: tuple[str, ...]
) -> None:
    if remove:
        cowork("completion", "install")
    before = everything(user)
    outcome = cowork("completion", "install", *remove, "-n")
    assert outcome.code == 0
    assert "Would" in outcome.err
    assert everything(user) == before


def test_an_old_file_is_replaced(cowork: Cowork, user: Path) -> None:
    place = user / PLACES["fish"]
    place.parent.mkdir(parents=True)
    place.write_text("# old\n")
    outcome = cowork("completion", "install")
    assert f"Wrote {place}" in outcome.err
    assert "# old" not in place.read_text(encoding="utf-8")


def test_the_shell_is_the_one_in_use(cowork: Cowork, user: Path) -> None:
    assert cowork("completion", "install", "--json").data["shell"] == "fish"
    outcome = cowork("completion", "install", env={"SHELL": "/bin/tcsh"})
    assert outcome.code == 2
    assert "`cowork completion install bash`" in outcome.err


def test_files_of_settings_are_named_and_not_touched(cowork: Cowork, user: Path) -> None:
    (user / ".zshrc").write_text("# mine\n")
    outcome = cowork("completion", "install", "zsh")
    assert f"fpath=({user}/.local/share/zsh/site-functions $fpath)" in outcome.err
    assert ".zshrc" in outcome.err
    assert (user / ".zshrc").read_text() == "# mine\n"
    assert "$PROFILE" in cowork("completion", "install", "powershell").err


def test_the_folders_of_the_xdg_specification(cowork: Cowork, user: Path) -> None:
    env = {"XDG_DATA_HOME": f"{user}/data", "XDG_CONFIG_HOME": "relative"}
    data = cowork("completion", "install", "bash", "--json", env=env).data
    assert data["path"] == f"{user}/data/bash-completion/completions/cowork"
    data = cowork("completion", "install", "fish", "--json", env=env).data
    assert data["path"] == f"{user}/.config/fish/completions/cowork.fish"


def test_a_copy_without_scripts_says_so(
    cowork: Cowork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import cowork_cli

    monkeypatch.setattr(cowork_cli, "__file__", str(tmp_path / "x" / "__init__.py"))
    outcome = cowork("completion", "show", "fish")
    assert outcome.code == 1
    assert "install cowork again" in outcome.err
