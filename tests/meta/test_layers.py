"""Who may import whom: the graph by import-linter, the list of banned imports by itself."""

import ast
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
    "click": (),
    "typer": ("cowork_cli/typer_command.py",),
    "httpx": ("cowork_cli/http_client.py",),
    "sqlite3": ("cowork_cli/store/**",),
    "rich": ("cowork_cli/output/**",),
    "platformdirs": ("cowork_cli/paths.py",),
    "tomli_w": ("cowork_cli/config.py", "cowork_cli/secrets_store.py"),
    "stdnum": ("cowork_cli/services/identifiers/numbers.py",),
    "holidays": ("cowork_cli/services/calendar/holidays.py",),
    "opening_hours": ("cowork_cli/services/calendar/opening.py",),
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
    modules = {
        f"cowork_cli.providers.{path.stem}"
        for path in (ROOT / "cowork_cli" / "providers").glob("*.py")
        if path.stem not in ("__init__", "local")
    }
    assert set(rule["source_modules"]) == modules
    assert rule["forbidden_modules"] == ["cowork_cli.store"]


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


# Circles that are known and to be opened; nothing may be added.
STILL_CLOSED = {
    frozenset({"cowork_cli.services.hours.corrections", "cowork_cli.services.hours.tracking"}),
    frozenset(
        f"cowork_cli.services.spaces.{name}" for name in ("directory", "exporting", "importing")
    ),
    frozenset({"cowork_cli.store.engine.database", "cowork_cli.store.engine.migrate"}),
    frozenset({"cowork_cli.store.invoice_parts", "cowork_cli.store.invoices"}),
}


def test_no_module_needs_itself() -> None:
    """No circle of imports, imports inside functions counted; those for types alone are none."""
    graph = {module: imports_of(path) for module, path in MODULES.items()}
    found = {frozenset(circle) for circle in circles(graph)}
    assert found <= STILL_CLOSED
    assert graph["cowork_cli.output.terminal"] >= {"cowork_cli.output.views"}, "the graph is seen"
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "cowork_cli").rglob("*.py")
}


def imports_of(path: Path) -> set[str]:
    """The modules of ours that a file imports anywhere, but under TYPE_CHECKING."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{name.name}" for name in node.names}
            found |= {part if part in MODULES else node.module for part in parts}
        else:
            waiting += ast.iter_child_nodes(node)
    return found & MODULES.keys()


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        return seen

    reach = {module: reached(module) for module in graph}
    groups = {
        tuple(sorted(other for other in graph if other in reach[module] and module in reach[other]))
        for module in graph
        if module in reach[module]
    }
    return sorted(map(list, groups))
