"""The scripts that make the schema of a store on a server."""

from __future__ import annotations

from importlib import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def scripts(since: int, upto: int) -> Iterator[tuple[int, str]]:
    """The scripts of the schemas after `since`, in their order."""
    folder = resources.files("cowork_cli.store") / "migrations" / "postgresql"
    named = sorted(
        (int(file.name[:4]), file) for file in folder.iterdir() if file.name.endswith(".sql")
    )
    for number, file in named:
        if since < number <= upto:
            yield number, file.read_text(encoding="utf-8")
