"""Bookings as files: `cowork booking export`, `mail`, and `confirm`, which reads the answer to a mail."""

from datetime import time, timedelta

from cowork_cli.commands import _options as options
from cowork_cli.commands import _out
from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.booking._app import BookingArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.booking import Booking
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.bookings.mailing import Person


@verb(app, "export", data=Booking, many=True, short="cowork booking export --out bookings.ics")
def export(
    context: Context,
    period: Annotated[Period, options.period_options()],
    past: Annotated[bool, Option("--past", help="Also what is over.")] = False,
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """Write bookings as a calendar (iCalendar); cancelled ones too, so that calendars drop them."""
    from cowork_cli.domain.zones import instant_of, seconds_of
    from cowork_cli.services.bookings.exporting import calendar
    from cowork_cli.store import bookings

    _out.check_calendar(out or "-")
    first, last = period.from_, period.to
    start = seconds_of(instant_of(first, time(), context.zone)) if first else None
    end = seconds_of(instant_of(last + timedelta(days=1), time(), context.zone)) if last else None
    whole = past or first is not None or last is not None
    from_at = start if whole else seconds_of(context.now)
    rows = bookings.listed(context.store, from_at=from_at, to_at=end)
    content = calendar(rows, context.store)
    place = _out.destination(context, out, force, "bookings.ics", text=True)
    place.write(content)
    count = f"{len(rows)} booking{'' if len(rows) == 1 else 's'}"
    empty = "No bookings in that time."
    return place.result(content, Result(rows, notes=place.wrote(what=count), empty=empty))


@verb(app, "mail", data=Booking, short="cowork booking mail b-1 --out request.eml")
def mail(
    context: Context,
    booking: BookingArgument,
    to: Annotated[
        str | None, Option("--to", metavar="ADDRESS", help="Default: the address of the space.")
    ] = None,
    language: Annotated[
        str | None, Option("--language", metavar="L", help="de or en; else invoice.language.")
    ] = None,
    out: _out.Out = None,
    force: _out.Force = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Ask a space without software by mail; `asked` until it is confirmed."""
    from cowork_cli.services.bookings import mailing

    words = language or context.config.text("invoice.language") or "de"
    if words not in ("de", "en"):
        raise BadInput(f'--language "{words}" is not known', "give `--language de` or `en`")
    person = _person(context)
    wanted = mailing.to_ask(booking, context.store)
    place = _out.destination(context, out, force, f"{wanted.id}.eml", text=False)
    draft = mailing.letter(wanted, person, to, words, context.store)
    place.check(draft)
    if dry_run:
        return Result(wanted, notes=["Nothing was written (--dry-run)."])
    asked = mailing.mark_asked(wanted, context.store)
    content = mailing.letter(asked, person, to, words, context.store)
    place.write(content)
    told = f"{asked.id} is asked for; when the space has answered: `cowork booking confirm {asked.id}`."
    return place.result(content, Result(asked, notes=[*place.wrote(), told]))


def _person(context: Context) -> "Person":
    from cowork_cli.services.bookings.mailing import Person

    return Person(context.config.text("seller.name"), context.config.text("seller.email"))


@verb(app, "confirm", data=Booking, short="cowork booking confirm b-1 --from answer.eml")
def confirm(
    context: Context,
    booking: BookingArgument,
    from_: Annotated[
        str | None,
        Option("--from", metavar="FILE", help="The answer: a mail or an .ics; - is stdin."),
    ] = None,
) -> Result:
    """Settle a booking that was asked for by mail: the space agreed, or what its answer says."""
    from cowork_cli.services.bookings import mailing

    if from_ is None:
        settled = mailing.confirm(booking, context.store)
        return Result(settled.booking, notes=settled.notes)
    from cowork_cli.domain.calendars.answers import answer_in

    answer = answer_in(_read(context, from_))
    with asking(context) as (accounts, _):
        settled = mailing.settle(booking, answer, context.store, accounts)
    return Result(settled.booking, notes=settled.notes)


_LARGEST = 16 * 1024 * 1024


def _read(context: Context, name: str) -> bytes:
    from cowork_cli.commands._in import file_of
    from cowork_cli.in_files import bytes_of

    return bytes_of(
        file_of(context, name),
        _LARGEST,
        "save the mail that answers alone",
        "give the file of the answer with `--from`",
    )
