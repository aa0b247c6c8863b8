"""The only writer of stdout: picks the form and writes a Result in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from cowork_cli.output.columns import columns_of
from cowork_cli.output.encode import escaped, to_plain
from cowork_cli.output.result import Result
from cowork_cli.records import is_dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from cowork_cli.errors import CoworkError, ExitCode

FORMS = ("table", "plain", "json", "csv")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    # What turns the order of a line, and what ends one: see `domain.steering`.
    code: f"\\u{code:04x}"
    for code in (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
}


def write_result(
    result: Result,
    form: str,
    stdout: TextIO,
    *,
    command: tuple[str, ...],
    colour: bool,
    width: int | None,
    header: Sequence[str] | None = None,
    picked: Sequence[str] | None = None,
) -> list[str]:
    """Writes `result` to stdout in `form`; returns what of it had to be changed for that.

    `header`: the names of the columns, with which plain output then begins. `picked`: only these fields of the data.

    Raises BrokenPipeError when nobody reads any more.
    """
    changed: list[str] = []
    if result.content is not None:
        _write_bytes(stdout, result.content)
    elif form == "json":
        _write_json(stdout, envelope(command, result, picked))
    elif form == "table":
        _write_table(result, stdout, colour=colour, width=width)
    elif picked is not None:
        changed = _write_picked(result.data, picked, form, stdout, header=header is not None)
    else:
        changed = _write_records(result.records, form, stdout, header=header)
    stdout.flush()
    return changed


def write_failure(
    error: CoworkError, exit_code: ExitCode, stdout: TextIO, command: tuple[str, ...]
) -> None:
    """The JSON envelope of a command that failed before it had a result."""
    _write_json(stdout, envelope(command, Result(problems=(error,), exit_code=exit_code)))
    stdout.flush()


def write_text(text: str, stdout: TextIO) -> None:
    """Help and other text that has no form."""
    stdout.write(text if text.endswith("\n") else text + "\n")
    stdout.flush()


def write_step(say: str, command: str, stdout: TextIO, *, colour: bool) -> None:
    """A command of a tour, with the sentence that explains it."""
    grey, bold, end = ("\x1b[36m", "\x1b[1m", "\x1b[0m") if colour else ("", "", "")
    stdout.write(f"\n{grey}# {say}{end}\n{bold}$ {command}{end}\n")
    stdout.flush()


def envelope(
    command: tuple[str, ...], result: Result, picked: Sequence[str] | None = None
) -> dict[str, Any]:
    """The one JSON document of a command, with all fields of the data or those that were `picked`."""
    from cowork_cli.domain.as_json import to_json

    data = to_json(result.data)
    if picked is not None:
        from cowork_cli.output.chosen_fields import pick

        data = pick(data, picked)

    return {
        "cowork": 1,
        "command": list(command),
        "status": result.status,
        "exit_code": int(result.exit_code),
        "data": data,
        **{name: to_json(list(rows)) for name, rows in result.beside.items()},
        "truncated": result.truncated,
        "problems": [
            {
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "account": problem.account,
            }
            for problem in result.problems
        ],
        # What the lines beside the data say (the range of a report, what it leaves out); scripts that
        # compare whole documents of commands without such lines see what they always saw.
        **({"notes": list(result.notes)} if result.notes else {}),
    }


def _write_json(stdout: TextIO, document: Mapping[str, Any]) -> None:
    import json
    import re

    from cowork_cli.domain.steering import BREAKING, TURNING

    text = json.dumps(document, ensure_ascii=False, indent=2)
    if not text.isascii() or "\x7f" in text:
        # JSON is looked at on terminals too: what steers them stays what it is, but escaped. So are bytes in
        # the name of a file that are no UTF-8: JSON always is.
        text = re.sub(
            rf"(?!\n)[{BREAKING}{TURNING}\ud800-\udfff]",
            lambda sign: f"\\u{ord(sign[0]):04x}",
            text,
        )
    stdout.write(text + "\n")


def _write_table(result: Result, stdout: TextIO, *, colour: bool, width: int | None) -> None:
    from cowork_cli.output.plain_tables import plain_table

    text = plain_table(result, stdout, os.environ, colour=colour, width=width)
    if text is not None:
        stdout.write(text)
        return
    from cowork_cli.output.terminal import write_table

    write_table(result, stdout, colour=colour, width=width)


def _write_bytes(stdout: TextIO, content: bytes) -> None:
    """A document as it is; on a terminal, where a person reads it, without what steers one."""
    stdout.flush()
    if stdout.isatty():
        from cowork_cli.output.text import harmless

        with suppress(UnicodeDecodeError):
            stdout.write(harmless(content.decode()))
            return
    raw = getattr(stdout, "buffer", None)
    if raw is None:
        stdout.write(content.decode())
    else:
        raw.write(content)


def _write_records(
    rows: Sequence[Any], form: str, stdout: TextIO, *, header: Sequence[str] | None = None
) -> list[str]:
    """Writes rows; returns the cells that were changed, so that no spreadsheet takes them for formulas."""
    if not rows:
        if header and form == "plain":
            stdout.write("\t".join(map(_cell, header)) + "\n")
        return []
    columns = _columns(rows[0])
    head = [name for name, _ in columns]
    if form == "csv":
        return _write_csv(
            head, ([to_plain(value(row)) for _, value in columns] for row in rows), stdout
        )
    if header is not None:
        stdout.write("\t".join(map(_cell, head)) + "\n")
    stdout.writelines(
        "\t".join(_cell(to_plain(value(row))) for _, value in columns) + "\n" for row in rows
    )
    return []


def _write_picked(
    data: Any, picked: Sequence[str], form: str, stdout: TextIO, *, header: bool
) -> list[str]:
    """Writes some fields of the data: a record a line, of a single thing a value a line."""
    from cowork_cli.domain.as_json import to_json
    from cowork_cli.output.chosen_fields import pick, records

    chosen = pick(to_json(data), picked)
    if form == "csv":
        listed = chosen if isinstance(chosen, list) else [] if chosen is None else [chosen]
        return _write_csv(picked, records(listed, picked), stdout)
    if header:
        stdout.write("\t".join(picked) + "\n")
    lines = records([chosen] if header and isinstance(chosen, dict) else chosen, picked)
    stdout.writelines("\t".join(map(_cell, line)) + "\n" for line in lines)
    return []


def _write_csv(head: Sequence[str], rows: Iterable[list[str]], stdout: TextIO) -> list[str]:
    """Writes CSV; returns the cells that were changed."""
    import csv

    from cowork_cli.domain.spreadsheet import defused

    changed = list[str]()
    cells = [defused(row, list(head), number, changed) for number, row in enumerate(rows, 2)]
    # A lone carriage return ends a line for many readers, and Python does not quote it.
    odd = any("\r" in cell for line in cells for cell in line)
    writer = csv.writer(
        stdout, lineterminator="\n", quoting=csv.QUOTE_ALL if odd else csv.QUOTE_MINIMAL
    )
    writer.writerow(head)
    writer.writerows(cells)
    return changed


def _cell(text: str) -> str:
    r"""A plain cell: tabs and newlines as `\t`, `\n`, other control characters as `\x1b`.

    Plain output is looked at on terminals too, and a name must not steer them.
    """
    return text if text.isprintable() and "\\" not in text else escaped(text).translate(_CONTROLS)


def _columns(row: Any) -> list[tuple[str, Any]]:
    if is_dataclass(row):
        kind = type(row)
        return [(c.name, c.value) for c in columns_of(kind)]
    if isinstance(row, Mapping):
        return [(str(key), lambda item, key=key: item[key]) for key in row]
    return [("Value", lambda item: item)]


def quiet_stdout(stdout: TextIO) -> None:
    """After a closed pipe: keeps Python from complaining about it at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    except (OSError, ValueError, AttributeError):
        if stdout is sys.stdout:
            sys.stdout = None
