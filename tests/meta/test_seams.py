"""Seams that hold: libraries stay in their homes, tables and SQL in the store, SQLite in few modules.

Everything is read from the syntax tree, so that an import inside of a function, or a statement put
together from pieces, counts like any other.
"""

import ast
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from cowork_cli.store.engine import migrate
from tests.meta.test_layers import HOMES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cowork_cli"
STORE = PACKAGE / "store"

# What a module says of SQLite where a store on another database would say something else.
ONLY_SQLITE = re.compile(
    r"\bjson_\w+\(|\bIS (NOT )?\?|\bINSERT OR\b|\bREPLACE INTO\b|\bPRAGMA\b|\bpragma_\w+|"
    r"\bsqlite_(schema|master|sequence|stat\w*)|\b(strftime|julianday|unixepoch|datetime|instr|"
    r"ifnull|iif|group_concat|printf|total|last_insert_rowid)\(|\bdate\('|\brtree\b|\bGLOB\b|"
    r"\bLIKE\b|\browid\b|\bBEGIN IMMEDIATE\b|\bWITHOUT ROWID\b|\bLIMIT -|\bWHERE 1\b(?! =)|"
    r"\bMATCH\b|\bNOCASE\b"
)
# They open a file of SQLite themselves; decision 13 says why.
OPENERS = {
    "cache.py", "gazetteer.py", "gazetteer_file.py", "peek.py", "engine/as_made.py", "engine/connection.py",
    "engine/database.py",
    "engine/failures.py", "engine/left_behind.py", "engine/migrate.py", "engine/replace.py",
}  # fmt: skip
SQL = re.compile(
    r"\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|\bUPDATE \S+ SET\b|\bDELETE FROM\b|"
    r"\bCREATE (TABLE|INDEX|TRIGGER|VIEW)\b|\bPRAGMA \w|\b(ORDER|GROUP) BY\b|\bLEFT JOIN\b",
    re.DOTALL,
)
# Circles that are still to be opened; none may be added.
CIRCLES = {
    frozenset(
        ["services.spaces.directory", "services.spaces.exporting", "services.spaces.importing"]
    ),
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def files(*, store: bool) -> list[Path]:
    """The modules of the package that are in the store, or those that are not."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.is_relative_to(STORE) is store]


# ---- libraries and their homes


def imported(module: ast.AST) -> Iterator[str]:
    """The outermost package of every import, wherever it stands, by statement or by name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in ("import_module", "__import__"):
                yield str(node.args[0].value).partition(".")[0]


def is_home(path: Path, homes: Iterable[str]) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return any(name == home or name.startswith(home.removesuffix("**")) for home in homes)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_home_alone_wherever_the_import_stands(library: str) -> None:
    strangers = [
        path.relative_to(ROOT).as_posix()
        for path in [*files(store=True), *files(store=False)]
        if library in imported(tree(path)) and not is_home(path, HOMES[library])
    ]
    assert strangers == []


@pytest.mark.parametrize(
    "source",
    [
        "import httpx",
        "def f():\n    import httpx",
        "def f():\n    from httpx import Client",
        "class A:\n    def f(self):\n        try:\n            import httpx as h\n        except E: pass",
        "if TYPE_CHECKING:\n    import httpx._client",
        "import importlib\ndef f(): return importlib.import_module('httpx')",
        "h = __import__('httpx.x')",
    ],
)
def test_the_guard_sees_every_kind_of_import(source: str) -> None:
    assert "httpx" in set(imported(ast.parse(source)))


# ---- the store alone knows SQL and tables


def texts(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is no docstring; an f-string as one, its values as `…`."""
    inside: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else "…" for v in node.values]
            inside.update(id(v) for v in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.lineno, node.value


@cache
def tables() -> frozenset[str]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(connection)
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    finally:
        connection.close()
    return frozenset(name for (name,) in rows if not name.startswith("sqlite_"))


def handles_of_the_store(module: ast.Module) -> set[str]:
    """Names that are bound to the store, to its journal or to a module of it."""
    names = {"store", "_store", "journal", "connection", "_connection"}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cowork_cli.store"):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def handed_tables(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name of a table that is given to a call of the store, however deep it stands in it."""
    handles = handles_of_the_store(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        spelled = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}
        spelled |= {part.attr for part in ast.walk(node.func) if isinstance(part, ast.Attribute)}
        if spelled & handles:
            for argument in (*node.args, *(word.value for word in node.keywords)):
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and part.value in tables():
                        yield part.lineno, str(part.value)


def raw_calls(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Reading and writing past the aggregates: `journal.insert(…)`, `store.rows(…)`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            verb, owner_name = node.func.attr, name.lstrip("_")
            writes = owner_name == "journal" and verb in (
                "insert", "note_added", "update", "delete",
            )  # fmt: skip
            reads = owner_name in ("store", "connection") and verb in (
                "rows", "row", "value", "run", "execute",
            )  # fmt: skip
            if writes or reads:
                yield node.lineno, f"{name}.{verb}"


def test_no_sql_and_no_table_outside_of_the_store() -> None:
    findings = [
        (path.relative_to(ROOT).as_posix(), line, text)
        for path in files(store=False)
        for line, text in (
            *((line, text) for line, text in texts(tree(path)) if SQL.search(text)),
            *handed_tables(tree(path)),
            *raw_calls(tree(path)),
        )
    ]
    assert findings == []


@pytest.mark.parametrize(
    "source",
    [
        "store.rows('SELECT id FROM x')",
        "f'SELECT {a} FROM {b}'",
        "def f():\n    change('UPDATE clients SET name = ?')",
        "journal.insert('entries', row)",
        "self._store.journal.update(name, 1, {})",
        "from cowork_cli.store import bookings\nbookings.standing(store, 'desks', 1)",
        "from cowork_cli.store import changed as c\nc.known(of=('entries', 1))",
        "self._store.row(QUERY)",
    ],
)
def test_the_guard_sees_every_kind_of_leak(source: str) -> None:
    module = ast.parse(source)
    sql = [text for _, text in texts(module) if SQL.search(text)]
    assert [*sql, *handed_tables(module), *raw_calls(module)]


# ---- SQLite alone


def test_what_only_sqlite_understands_stands_in_one_module() -> None:
    findings = [
        (path.relative_to(STORE).as_posix(), line, match[0])
        for path in files(store=True)
        if path.relative_to(STORE).as_posix()
        not in {
            *OPENERS,
            "engine/dialect.py",
            "engine/catalogue.py",
            "engine/postgresql/dialect.py",
        }
        for line, text in texts(tree(path))
        if (match := ONLY_SQLITE.search(text))
    ]
    assert findings == []


def test_only_those_that_open_a_file_know_the_library() -> None:
    knowing = {
        path.relative_to(STORE).as_posix()
        for path in files(store=True)
        if "sqlite3" in imported(tree(path))
    }
    assert knowing == OPENERS


def test_rows_are_read_by_name() -> None:
    """No `row[3]`: who adds a column must not have to count."""
    findings = [
        (path.relative_to(STORE).as_posix(), node.lineno, ast.unparse(node))
        for path in files(store=True)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Subscript)
        and re.fullmatch(r"\w*row|store\.(row|value)\(.*\)", ast.unparse(node.value), re.DOTALL)
        and not (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str))
    ]
    assert findings == []


# ---- circles


def graph() -> dict[str, set[str]]:
    """Module → the modules that it imports, also inside of functions; not those of the types alone."""
    modules = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in [*files(store=True), *files(store=False)]
    }
    return {name: set(_inner(tree(path), set(modules))) - {name} for name, path in modules.items()}


def _inner(module: ast.Module, modules: set[str]) -> Iterator[str]:
    for node in _at_run_time(module):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            wanted = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in wanted:
            inner = name.removeprefix("cowork_cli.")
            if inner in modules:
                yield inner
            elif inner.rpartition(".")[0] in modules:
                yield inner.rpartition(".")[0]


def _at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _at_run_time(child)


def circles(imports: dict[str, set[str]]) -> set[frozenset[str]]:
    """Groups of modules each of which reaches all others of its group."""
    reached = {name: _reachable(imports, name) for name in imports}
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in imports
        if name in reached[name]
    }


def _reachable(imports: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    left = set(imports[start])
    while left:
        name = left.pop()
        seen.add(name)
        left |= imports.get(name, set()) - seen
    return seen


def test_no_circles() -> None:
    assert circles(graph()) - CIRCLES == set()


def test_a_circle_is_seen() -> None:
    line = {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set()}
    assert circles(line) == set()
    assert circles({**line, "d": {"b"}}) == {frozenset(["b", "c", "d"])}
    lazily = ast.parse("def f():\n    from cowork_cli.store import entries")
    assert list(_inner(lazily, {"store", "store.entries"})) == ["store.entries"]
    for_types = ast.parse("if TYPE_CHECKING:\n    from cowork_cli.store import entries")
    assert list(_inner(for_types, {"store", "store.entries"})) == []
