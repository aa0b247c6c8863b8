"""`cowork feedback`: what you tell the operators of spaces."""

from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Destination, Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.team import Feedback
from cowork_cli.output.result import Result

app = new_app()

FeedbackArgument = Annotated[str, Argument(metavar="ID", help="feedback-1.")]
To = Annotated[
    str | None, Option("--to", metavar="ADDRESS", help="Default: the address of the space.")
]
Language = Annotated[
    str | None, Option("--language", metavar="L", help="de or en; else invoice.language.")
]


@verb(app, "add", data=Feedback, short='cowork feedback add Hafen "The booths are taken all day"')
def add(
    context: Context,
    space: Annotated[str, Argument(metavar="SPACE", help="A space, by name or ref.")],
    text: Annotated[str, Argument(metavar="TEXT", help="What you want to say.")],
    to: To = None,
    language: Language = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """Note feedback on a space; with --out it becomes a mail to its operator, which you send."""
    from cowork_cli.services.needs import feedback

    with asking(context) as (_, cache):
        said, email = feedback.told(context.store, space, text, context.today, cache)
    if out is None:
        noted = feedback.add(context.store, said)
        following = (
            f"Write it to the operator with `cowork feedback mail {noted.id} --out {noted.id}.eml`."
        )
        return Result(noted, notes=[following])
    content = _content(context, said, to or email, language)
    place = destination(context, out, force, "feedback.eml", text=True)
    place.check(content)
    return _mailed(context, feedback.add(context.store, said), content, place)


@verb(app, "mail", data=Feedback, short="cowork feedback mail feedback-1 --out feedback.eml")
def mail(
    context: Context,
    feedback: FeedbackArgument,
    to: To = None,
    language: Language = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write feedback as a mail to the operator; you send it."""
    from cowork_cli.services.needs.feedback import find

    noted = find(context.store, feedback)[1]
    place = destination(context, out, force, f"{noted.id}.eml", text=True)
    return _mailed(context, noted, _content(context, noted, to, language), place)


def _content(context: Context, said: Feedback, to: str | None, language: str | None) -> bytes:
    from cowork_cli.services.needs.feedback import mail

    return mail(
        context.store, said, name=context.config.text("seller.name"),
        email=context.config.text("seller.email"), to=to,
        language=language or context.config.text("invoice.language") or "de",
    )  # fmt: skip


def _mailed(context: Context, noted: Feedback, content: bytes, place: Destination) -> Result:
    from cowork_cli.services.needs import feedback

    place.write(content)
    written = feedback.mark_written(context.store, noted)
    told = f"Nothing was sent. When they answer: `cowork feedback edit {noted.id} --answer TEXT`."
    return place.result(content, Result(written, notes=[*place.wrote(), told]))


@verb(
    app,
    "edit",
    data=Feedback,
    short='cowork feedback edit feedback-1 --answer "Two more are ordered"',
)
def edit(
    context: Context,
    feedback: FeedbackArgument,
    state: Annotated[
        str | None, Option("--state", metavar="S", help="noted, written, answered or done.")
    ] = None,
    answer: Annotated[str | None, Option("--answer", metavar="T", help="What they said.")] = None,
) -> Result:
    """Note what became of feedback."""
    from cowork_cli.services.needs.feedback import edit as change

    return Result(change(context.store, feedback, state, answer))


@verb(app, "list", data=Feedback, many=True, short="cowork feedback list")
def list_(
    context: Context,
    open_: Annotated[bool, Option("--open", help="Only what is not done.")] = False,
) -> Result:
    """List feedback and what became of it."""
    from cowork_cli.store import feedback

    rows = [row for row in feedback.every(context.store) if not open_ or row.state != "done"]
    return Result(rows, empty='No feedback. Note some with `cowork feedback add SPACE "TEXT"`.')


@verb(app, "remove", data=Feedback, short="cowork feedback remove feedback-1")
def remove(context: Context, feedback: FeedbackArgument) -> Result:
    """Remove feedback."""
    from cowork_cli.services.needs.feedback import remove as take_out

    gone = take_out(context.store, feedback)
    return Result(gone, notes=[f"Removed {gone.id}."])
