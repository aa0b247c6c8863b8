"""What leaves this machine: said before a place on the web is asked for the first time.

Once for each host, so that a new account or a moved address is said again. Which hosts were said
stands in `state/`, one a line.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from cowork_cli.paths import make_private

FILE = "told-hosts"
_INSTEAD = (
    "Switch one off with `cowork account add NAME --set enabled=false` (see `cowork account list`), or stay "
    "here with `--offline`."
)


class Disclosure:
    """Says it with `tell`. What nobody heard (`--quiet`) does not count as said: then make none."""

    def __init__(self, state: Path, tell: Callable[[str], None]):
        self._file = state / FILE
        self._tell = tell

    def before(
        self, endpoints: Iterable[str], what: str, kind: str = "", instead: str = _INSTEAD
    ) -> None:
        """Says which hosts will be sent `what`, if that was not said of one of them before.

        `kind` tells apart what else is sent to a host: each is said once. It holds no white space.
        `instead` says how one goes without.
        """
        said = self._said()
        hosts = dict.fromkeys(host_of(endpoint) for endpoint in endpoints)
        new = [host for host in hosts if host and f"{host}{kind}" not in said]
        if not new:
            return
        self._tell(
            f"For the first time this asks {' and '.join(new)}: {what} and `cowork/VERSION` with your "
            f"`contact`, if set, leave this machine, nothing else. {instead}"
        )
        with suppress(OSError):  # then it is said again
            make_private(self._file.parent)
            self._file.write_text(
                "\n".join([*sorted(said), *(f"{host}{kind}" for host in new)]) + "\n",
                encoding="utf-8",
            )

    def _said(self) -> set[str]:
        try:
            return set(self._file.read_text(encoding="utf-8").split())
        except (OSError, ValueError):
            return set()


def host_of(endpoint: str) -> str:
    """The host of an address, with its port if it names one; empty for none."""
    try:
        return urlsplit(endpoint).netloc.rpartition("@")[2]
    except ValueError:
        return ""
