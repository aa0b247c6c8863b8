"""`cowork profile`: who you are, for directories."""

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.team import ProfileText
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "text", data=ProfileText, short="cowork profile text --lang de --length short")
def text(
    context: Context,
    lang: Annotated[str, Option("--lang", metavar="L", help="de or en.")] = "de",
    length: Annotated[str, Option("--length", metavar="L", help="short or long.")] = "short",
    out: Out = None,
    force: Force = False,
) -> Result:
    """The text for a directory, from your settings; nothing is claimed that they do not say."""
    from cowork_cli.services.needs import profile_text

    found = profile_text.text(context.config.get, lang, length)
    notes = [f"Not said, since it is not set: {', '.join(found.missing)}."] if found.missing else []
    if out is None and context.form in ("json", "csv"):
        return Result(found, notes=notes)
    content = f"{found.text}\n".encode()
    place = destination(context, out, force, "profile.txt", text=True)
    place.write(content)
    return place.result(content, Result(found, notes=[*place.wrote(), *notes]))
