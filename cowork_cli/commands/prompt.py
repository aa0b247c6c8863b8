"""`cowork prompt` where the fast path does not apply: its help, and with global flags beside it."""

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

app = new_app()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a shell prompt shows; empty without a timer."""

    text: str


@verb(app, "prompt", data=Prompt, short="cowork prompt '{project} {elapsed}'")
def prompt(
    context: Context,
    form: Annotated[
        list[str] | None,
        Argument(metavar="[FORMAT]", help="May hold {project}, {client}, {note} and {elapsed}."),
    ] = None,
) -> Result:
    """Print the running timer for a shell prompt; nothing without one, and never an error."""
    from cowork_cli.store.prompt import DEFAULT, running_text

    env = dict(context.env)
    if context.options.home:
        env["COWORK_HOME"] = context.options.home
    try:
        text = running_text(" ".join(form or ()) or DEFAULT, env)
    except Exception:  # whatever it is, it must not appear in somebody's prompt
        text = ""
    if context.options.output == "json":
        return Result(Prompt(text))
    return Result(Prompt(text), content=f"{text}\n".encode() if text else b"")
