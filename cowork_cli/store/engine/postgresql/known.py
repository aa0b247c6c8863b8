"""Which store this home has found at each URL, so that a lost one is told from one that never was.

`state/servers.tsv`: the URL, a tab, the identity that the store has given itself.
"""

from __future__ import annotations

from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_FILE, _LOCK = "servers.tsv", ".servers.lock"


def identity(state: Path, url: str) -> str | None:
    """The store that was found at `url` before, None where none was."""
    return _read(state).get(url)


def remember(state: Path, url: str, identity: str | None) -> None:
    """Writes down what was found at `url`; None forgets it, so that any store is fine there."""
    if _read(state).get(url) == identity:
        return
    from cowork_cli.locking import locked
    from cowork_cli.paths import write_private

    with locked(state / _LOCK):
        known = _read(state)
        known.pop(url, None)
        if identity is not None:
            known[url] = identity
        text = "".join(f"{name}\t{value}\n" for name, value in sorted(known.items()))
        write_private(state / _FILE, text.encode())


def _read(state: Path) -> dict[str, str]:
    text = ""
    with suppress(OSError):  # what cannot be read is not known
        text = (state / _FILE).read_text(encoding="utf-8", errors="replace")
    pairs = (line.split("\t") for line in text.splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
