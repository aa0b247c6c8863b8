"""What a command returns: data, and what to say beside it. It does not know how it will look."""

from __future__ import annotations

from cowork_cli.errors import CoworkError, ExitCode
from cowork_cli.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a command.

    `data` is a domain value or a sequence of them. `notes` are for people, on stderr. `problems` are
    what failed while the rest succeeded. `empty` is the sentence for an empty list. `rows` are the
    records that plain output, CSV and tables show where `data` is one object around a list. `content`
    is a document written as it is to stdout (an export without `--out`); then `data` is not shown.
    `beside` are further lists: fields of the envelope, tables of their own for people. `picture` is what
    people see instead of the rows.
    """

    data: Any = None
    rows: Sequence[Any] | None = None
    notes: Sequence[str] = ()
    problems: Sequence[CoworkError] = ()
    exit_code: ExitCode = ExitCode.DONE
    truncated: bool = False
    empty: str = "Nothing found."
    title: str | None = None
    content: bytes | None = None
    beside: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    picture: Any = None

    @property
    def records(self) -> Sequence[Any]:
        """What is shown as rows: `rows`, else the list or the one object that `data` is."""
        if self.rows is not None:
            return self.rows
        if self.data is None:
            return ()
        return self.data if isinstance(self.data, list | tuple) else (self.data,)

    @property
    def status(self) -> str:
        """`ok`, `partial` or `error`, as in the JSON envelope."""
        if self.exit_code is ExitCode.PARTIAL:
            return "partial"
        if self.exit_code is ExitCode.UNKNOWN and self.problems and self.records:
            return "partial"  # what did succeed is in the data
        return "ok" if self.exit_code is ExitCode.DONE else "error"
