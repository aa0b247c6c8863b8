"""Quotes that leave the house, and what the client says to them."""

from cowork_cli.commands import _mail
from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.quote._app import QuoteArgument, app, renderer
from cowork_cli.context import Context
from cowork_cli.domain.quote import Quote
from cowork_cli.errors import BadInput, ExitCode
from cowork_cli.output.result import Result
from cowork_cli.records import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from cowork_cli.services.invoices.sending import Transport

On = Annotated[str | None, Option("--on", metavar="D", help="Day of the answer; default: today.")]
FORMATS = ("pdf", "html", "json")


@verb(app, "send", data=Quote, short="cowork quote send AN-2026-0001 --out quote.eml")
def send(
    context: Context,
    quote: QuoteArgument,
    dry_run: options.DryRun = False,
    *,
    ways: Annotated[_mail.Ways, _mail.mail_ways()],
) -> Result:
    """Freeze a quote as it is and send it by e-mail, or write the e-mail as a file.

    With none of the three ways it is marked as sent, for who hands its PDF over otherwise.
    """
    from cowork_cli.services.invoices import mailing, quotes

    _, found = quotes.find(context.store, quote, context.today)
    way = _check_way(context, found, ways)  # said before anything is frozen
    if dry_run:
        return _would_send(context, found, ways)
    again = ways.again
    if way is not None and found.state != "draft":
        before = mailing.of_quote(context.store, found, context.today, context.config.get)
        again = _mail.ask_again(context, before, again=again)
    sent = quotes.send(context.store, quote, context.today, context.config.get, renderer(context))
    told = _told(found, sent)
    if not ways.any:
        return Result(
            sent, notes=[*told, f"`cowork quote export {sent.number}` hands out its PDF."]
        )
    outgoing = mailing.of_quote(context.store, sent, context.today, context.config.get)
    if way is not None:
        return _sent(context, sent, _mail.send_mail(context, outgoing, way, again=again), told)
    done = _mail.mail_file(context, outgoing, ways, sent)
    return replace(done, notes=[*told, *done.notes])


def _check_way(context: Context, found: Quote, ways: _mail.Ways) -> "Transport | None":
    """How it is sent, None for a file. Raises what stands against a mail at all."""
    from cowork_cli.services.invoices import mailing

    way = _mail.transport_of(context) if ways.send_it else None
    if ways.any:
        mailing.check_addresses(context.store, found, context.today, context.config.get)
    if ways.out is not None and found.state == "draft":
        destination(context, ways.out, ways.force, f"{found.number}.eml", text=False).check(b"")
    return way


def _sent(context: Context, sent: Quote, posted: _mail.Posted, told: list[str]) -> Result:
    """The quote after the attempt to mail it, and what became of that."""
    from cowork_cli.services.invoices import quotes

    after = quotes.find(context.store, sent.number, context.today)[1]
    if posted.problem is None:
        return Result(after, notes=[*told, *posted.notes])
    kept = f"Quote {sent.number} is frozen as it is; `cowork quote send {sent.number} --send` tries again."
    code = ExitCode(posted.problem.exit_code)
    return Result(after, notes=[kept], problems=[posted.problem], exit_code=code)


def _would_send(context: Context, found: Quote, ways: _mail.Ways) -> Result:
    """What sending would do; raises what it would raise."""
    from cowork_cli.services.invoices import mailing, quotes, sending

    if found.state == "draft":
        renderer(context)(quotes.document(context.store, found, context.today, context.config.get))
        would = [f"Would send {found.number} ({found.gross}). Nothing was changed."]
        return Result(found, notes=would)
    notes = _told(found, found)
    if ways.any:
        outgoing = mailing.of_quote(context.store, found, context.today, context.config.get)
        if ways.send_it and not ways.again:
            sending.refuse_sent(context.store, outgoing)
        done = "send" if ways.send_it else "write"
        notes.append(f"Would {done} the e-mail to {outgoing.to} once more.")
    return Result(found, notes=[*notes, "Nothing was changed."])


def _told(before: Quote, sent: Quote) -> list[str]:
    if before.state != "draft":
        return [f"Quote {sent.number} was sent before; it is {sent.state}."]
    return [
        f"Quote {sent.number} is sent and valid until {sent.valid_until}; when the client answers: "
        f"`cowork quote accept {sent.number}`, or `decline`."
    ]


@verb(app, "accept", data=Quote, short="cowork quote accept AN-2026-0001 --project acme/site")
def accept(
    context: Context,
    quote: QuoteArgument,
    on: On = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="One that exists, or a new id.")
    ] = None,
    with_: Annotated[
        list[str], Option("--with", metavar="N", help="A line that was a choice; again for more.")
    ] = [],  # noqa: B006
    without: Annotated[
        list[str], Option("--without", metavar="N", help="A line that was not wanted.")
    ] = [],  # noqa: B006
    no_project: Annotated[
        bool, Option("--no-project", help="Make no project and no budget of it.")
    ] = False,
) -> Result:
    """Note the client's yes: it becomes a project with a budget, later an invoice."""
    from cowork_cli.services.invoices import quote_answers, quotes

    day = _day(context, on)
    if no_project and project:
        raise BadInput("a project is named and none is wanted", "leave one of them out")
    _, found = quotes.find(context.store, quote, context.today)
    quote_answers.check_answerable(found)
    told: list[str] = []
    if quote_answers.too_late(found, day):
        late = f"Quote {found.number} was valid until {found.valid_until}"
        context.confirm(f"{late}. Accept it nevertheless?")
        told.append(f"{late}; it is accepted nevertheless.")
    yes = quote_answers.Yes(
        day, project, _numbers(with_), _numbers(without), makes_project=not no_project
    )
    accepted, more = quote_answers.accept(context.store, quote, yes, context.today)
    following = f"Bill it with `cowork invoice draft {accepted.client} --quote {accepted.number}`."
    head = f"Quote {accepted.number} is accepted: {accepted.agreed} net."
    return Result(accepted, notes=[*told, head, *more, following])


@verb(app, "decline", data=Quote, short='cowork quote decline AN-2026-0001 --reason "Too late"')
def decline(
    context: Context,
    quote: QuoteArgument,
    on: On = None,
    reason: Annotated[str | None, Option("--reason", metavar="R", help="For yourself.")] = None,
) -> Result:
    """Note the client's no."""
    from cowork_cli.services.invoices import quote_answers

    declined = quote_answers.decline(context.store, quote, _day(context, on), reason, context.today)
    return Result(declined, notes=[f"Quote {declined.number} is declined."])


@verb(
    app, "export", data=Quote, short="cowork quote export AN-2026-0001 --format pdf --out quote.pdf"
)
def export(
    context: Context,
    quote: QuoteArgument,
    format_: Annotated[str, Option("--format", metavar="F", help="pdf, html or json.")] = "pdf",
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write a quote to a file or to stdout; a draft is marked as one."""
    from cowork_cli.out_files import safe_name
    from cowork_cli.services.invoices import quotes

    if format_ not in FORMATS:
        raise BadInput(f'cannot export as "{format_}"', f"choose one of {', '.join(FORMATS)}")
    quote_id, found = quotes.find(context.store, quote, context.today)
    content = _content(context, quote_id, found, format_)
    name = f"{safe_name(found.number, 'quote')}.{format_}"
    place = destination(context, out, force, name, text=format_ != "pdf")
    place.write(content)
    return place.result(content, Result(found, notes=place.wrote()))


def _content(context: Context, quote_id: int, found: Quote, form: str) -> bytes:
    """The bytes: of a quote that was sent those that were kept, or made of its snapshot."""
    from cowork_cli.services.invoices import quotes
    from cowork_cli.store import quotes as stored

    draft = found.state == "draft"
    if form == "pdf" and not draft:
        return stored.page(context.store, quote_id)
    if form == "json" and not draft:
        return stored.document(context.store, quote_id).encode()
    document = (
        quotes.document(context.store, found, context.today, context.config.get)
        if draft
        else quotes.kept_document(context.store, quote_id)
    )
    if form == "pdf":
        return renderer(context)(document)
    if form == "html":
        from cowork_cli.documents.invoice_html import render_view
        from cowork_cli.documents.quote_pdf import quote_view

        return render_view(quote_view(document), document.logo)
    import json

    from cowork_cli.domain.as_json import to_json

    return json.dumps(to_json(document), ensure_ascii=False).encode()


def _day(context: Context, on: str | None) -> "date":
    from cowork_cli.domain.phrases import parse_date

    return parse_date(on, context.today, planned=False) if on else context.today


def _numbers(words: list[str]) -> list[int]:
    """Numbers of lines, given again or with commas. Raises BadInput."""
    from cowork_cli.domain.digits import whole_number

    found = []
    for word in ",".join(words).split(",") if words else []:
        number = whole_number(word.strip())
        if not number:
            raise BadInput(f'"{word}" is not the number of a line', "give it as `--with 3`")
        found.append(number)
    return found
