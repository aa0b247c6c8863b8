"""`--out FILE.eml`, `--open`, `--send`: the three ways a mail leaves, for invoices, reminders and quotes."""

from cowork_cli.commands._markers import Annotated, Option, Several
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.context import Context
from cowork_cli.errors import CoworkError, UsageError
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from cowork_cli.services.invoices.mailing import Outgoing
    from cowork_cli.services.invoices.sending import Transport

SendIt = Annotated[bool, Option("--send", help="Send it, through mail.command or mail.smtp.")]
Again = Annotated[bool, Option("--again", help="Also if it was sent before.")]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a mail is to leave: as the file `out`, by the mail program, or sent; None of them too."""

    out: str | None
    force: bool
    open_it: bool
    send_it: bool
    again: bool

    @property
    def any(self) -> bool:
        """Whether there is to be a mail at all."""
        return self.out is not None or self.open_it or self.send_it


_WAYS: "dict[str, tuple[Any, Any]]" = {
    "out": (Out, None),
    "force": (Force, False),
    "open_it": (
        Annotated[bool, Option("--open", help="Hand the mail to your mail program.")],
        False,
    ),
    "send_it": (SendIt, False),
    "again": (Again, False),
}


def mail_ways() -> Several:
    """The options of a mail; together they are one Ways. Raises UsageError for several at once."""
    return Several(_WAYS, lambda context, words: _ways(Ways(**words)))


def _ways(ways: Ways) -> Ways:
    refuse_several_ways(ways.out, open_it=ways.open_it, send=ways.send_it, again=ways.again)
    return ways


@dataclass(frozen=True, slots=True)
class Posted:
    """What is to be said of a mail, and what went wrong with it."""

    notes: list[str]
    problem: CoworkError | None = None


def refuse_several_ways(out: str | None, *, open_it: bool, send: bool, again: bool) -> None:
    """Raises UsageError for ways that exclude each other."""
    if send and (open_it or out is not None):
        raise UsageError("a mail is sent or it is a file", "leave out `--out` and `--open`")
    if again and not send:
        raise UsageError("--again is of --send", "give `--send` too, or leave it out")


def transport_of(context: Context) -> "Transport":
    """How mail is sent here. Raises ConfigError where that is not set."""
    from cowork_cli.services.invoices.sending import transport

    return transport(context.config.get, context.env, context.paths.state)


def ask_again(context: Context, outgoing: "Outgoing", *, again: bool) -> bool:
    """Whether it may go out a second time: said by `--again`, or agreed to on a terminal."""
    from cowork_cli.services.invoices.sending import SentBefore, refuse_sent

    if again:
        return True
    try:
        refuse_sent(context.store, outgoing)
    except SentBefore as before:
        if not context.interactive:
            raise
        context.confirm(f"{before.message[:1].upper()}{before.message[1:]}. Send it once more?")
        return True
    return False


def send_mail(context: Context, outgoing: "Outgoing", way: "Transport", *, again: bool) -> Posted:
    """Sends it and says so; what is not known, or failed, is the problem."""
    from cowork_cli.services.invoices.sending import send

    mailing, problem = send(context.store, outgoing, way, context.now, again=again)
    if problem is not None:
        return Posted([], problem)
    return Posted([f"Sent {outgoing.name} to {mailing.to} through {mailing.way}."])


def open_mail(context: Context, outgoing: "Outgoing", path: "Path | None") -> list[str]:
    """Hands the mail to the program for mails: the file that was written, or one in the cache."""
    from cowork_cli.commands._open import open_file
    from cowork_cli.documents.mail import eml
    from cowork_cli.paths import write_private

    if path is None:
        path = context.paths.cache / "mail" / outgoing.file_name
        write_private(path, eml(outgoing.mail))
    open_file(context, path)
    return [f"Handed {path} to your mail program, an e-mail to {outgoing.to}."]


def mail_file(context: Context, outgoing: "Outgoing", ways: Ways, data: object) -> Result:
    """Writes the mail as a file, or hands it to the mail program; `data` is what it is about."""
    from cowork_cli.documents.mail import eml

    if ways.open_it and ways.out is None:
        return Result(data, notes=open_mail(context, outgoing, None))
    content = eml(outgoing.mail)
    place = destination(context, ways.out, ways.force, outgoing.file_name, text=False)
    place.write(content)
    notes = place.wrote(f", an e-mail to {outgoing.to}. Open it to send it")
    if ways.open_it and place.path is not None:
        notes = open_mail(context, outgoing, place.path)
    return place.result(content, Result(data, notes=notes))
