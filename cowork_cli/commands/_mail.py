"""`--out FILE.eml`, `--open`, `--send`: the three ways a mail leaves, for invoices, reminders and quotes."""

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.context import Context
from cowork_cli.errors import CoworkError, UsageError
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from cowork_cli.services.invoices.mailing import Outgoing
    from cowork_cli.services.invoices.sending import Transport

OpenMail = Annotated[bool, Option("--open", help="Hand the mail to your mail program.")]
SendIt = Annotated[bool, Option("--send", help="Send it, through mail.command or mail.smtp.")]
Again = Annotated[bool, Option("--again", help="Also if it was sent before.")]


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
