"""A mail that was handed to a server or a program of the person's, or was to be."""

import datetime as dt

from cowork_cli.records import dataclass

# `sending`: written down and never settled, as of a process that was killed; nobody knows what became of it.
STATES = ("sending", "sent", "failed", "unknown")


@dataclass(frozen=True, slots=True)
class Mailing:
    """What was sent, to whom, when; `level` is that of a reminder, `way` says through what.

    `state` is one of STATES; `detail` what was answered where it was not taken.
    """

    at: dt.datetime
    to: str
    message_id: str
    way: str
    state: str
    level: int | None = None
    detail: str | None = None

    @property
    def may_have_arrived(self) -> bool:
        """Whether the recipient has it, or nobody knows."""
        return self.state != "failed"
