"""Who may import whom: the graph by import-linter, the list of banned imports by itself."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINT = "from importlinter.cli import lint_imports_command as run; run()"
# Library → the modules that may import it; everything else is told by ruff (TID251).
HOMES = {
    "icalendar": ("cowork_cli/domain/calendars/**",),
    "recurring_ical_events": ("cowork_cli/domain/calendars/**",),
    "click": (),
    "typer": ("cowork_cli/typer_command.py",),
    "mcp": ("cowork_cli/commands/mcp/serving.py",),
    "httpx": ("cowork_cli/http_client/connection.py",),
    "sqlite3": ("cowork_cli/store/**",),
    "rich": ("cowork_cli/output/**",),
    "platformdirs": ("cowork_cli/paths.py",),
    "tomli_w": ("cowork_cli/config.py", "cowork_cli/secrets_store.py"),
    "stdnum": ("cowork_cli/services/identifiers/numbers.py",),
    "holidays": ("cowork_cli/services/calendar/holidays.py",),
    "opening_hours": ("cowork_cli/services/calendar/opening.py",),
    "questionary": ("cowork_cli/picking.py",),
    "prompt_toolkit": ("cowork_cli/picking.py",),
    "pypdf": ("cowork_cli/importers/einvoice_pdf.py",),
}


def test_imports_go_downwards_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_layers_are_those_of_the_design() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(row["layers"] for row in contracts if row["type"] == "layers")
    named = {word for layer in layers for word in layer.replace("|", " ").split()}
    present = {
        path.stem
        for path in (ROOT / "cowork_cli").iterdir()
        if path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").exists())
    }
    assert present - named == {"__init__", "__main__"}
    assert any("local" in row["name"] for row in contracts if row["type"] == "forbidden")


def test_only_local_of_the_providers_may_know_the_store() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    rule = next(row for row in contracts if row["type"] == "forbidden")
    assert rule["source_modules"] == ["cowork_cli.providers"]  # all, those to come too
    assert rule["forbidden_modules"] == ["cowork_cli.store"]
    assert rule["ignore_imports"] == ["cowork_cli.providers.local -> cowork_cli.store.**"]


def test_the_banned_imports_and_their_homes() -> None:
    lint = PROJECT["tool"]["ruff"]["lint"]
    assert {"TID", "T20"} <= set(lint["select"])
    banned = lint["flake8-tidy-imports"]["banned-api"]
    assert set(HOMES) <= set(banned)
    homes = {path for path, rules in lint["per-file-ignores"].items() if "TID251" in rules}
    allowed = {path for paths in HOMES.values() for path in paths}
    assert homes - {"tests/**", "tools/**"} == allowed


def test_typer_stays_above() -> None:
    """One module knows Typer: verbs carry our own markers, and nothing else parses a line."""
    found = set()
    for path in (ROOT / "cowork_cli").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^\s*(import typer|from typer)\b", text, re.MULTILINE):
            found.add(path.relative_to(ROOT / "cowork_cli").as_posix())
    assert found == {"typer_command.py"}
