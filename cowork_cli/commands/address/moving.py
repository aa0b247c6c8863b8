"""`cowork address move`: the run of a change of address."""

from cowork_cli.commands import _out
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._open import OpenIt, open_file, refuse_nothing_to_open
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import verb
from cowork_cli.commands.address._app import Lang, LetterMail, LetterRecipient, app
from cowork_cli.context import Context
from cowork_cli.domain.address import Move
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result


@verb(
    app,
    "move",
    data=Move,
    rows="MoveRow",
    short="cowork address move --from a-1 --to a-2 --on 2027-01-01",
)
def move(
    context: Context,
    from_: Annotated[str | None, Option("--from", metavar="ID", help="The old address.")] = None,
    to: Annotated[str | None, Option("--to", metavar="ID", help="The new address.")] = None,
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="First day of the new address.")
    ] = None,
    home: Annotated[bool, Option("--home-too", help="Your home moves too.")] = False,
    status: Annotated[
        bool, Option("--status", help="Show what is open, most urgent first.")
    ] = False,
    done: Annotated[str | None, Option("--done", metavar="ROW", help="A row is done: M3.")] = None,
    proof: Annotated[
        str | None, Option("--proof", metavar="T", help="What proves it, with --done.")
    ] = None,
    letter: Annotated[
        str | None, Option("--letter", metavar="ROW", help="Write the letter of a row: M3.")
    ] = None,
    recipient: LetterRecipient = None,
    mail: LetterMail = None,
    lang: Lang = None,
    out: _out.Out = None,
    force: _out.Force = False,
    open_it: OpenIt = False,
    dry_run: DryRun = False,
) -> Result:
    """Move from one held address to another: whom to tell, by when, with which letter."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import letters, moving

    ways = (status, done is not None, letter is not None, any((from_, to, on)))
    if sum(ways) != 1:
        raise BadInput(
            "what to do with a move is not clear",
            "give `--from ID --to ID --on DATE`, `--status`, `--done ROW` or `--letter ROW`",
        )
    refuse_nothing_to_open(out, open_it=open_it)
    settings = context.config.get
    if letter is not None:
        language = letters.language_of(lang, settings)
        desk = letters.Desk(settings, context.today, language, tuple(recipient or ()), mail)
        run, page = moving.letter(letter, desk, context.store)
        content = letters.rendered(page, out, settings)
        name = f"{run.id}-{letter.lower()}.pdf"
        place = _out.destination(context, out, force, name, text=False)
        place.write(content)
        if open_it and place.path is not None:
            open_file(context, place.path)
        return place.result(content, Result(run, rows=run.rows, notes=place.wrote()))
    if done is not None:
        run = moving.done(done, store=context.store, day=context.today, proof=proof)
        return Result(run, rows=run.rows, notes=[f"{run.open} of {len(run.rows)} are open."])
    if status:
        run = moving.status(context.store)
        notes = [
            f"{run.id}: {run.from_} to {run.to} on {run.on}, {run.open} of {len(run.rows)} open."
        ]
        notes += [f"{row.code}: {row.doubt}." for row in run.rows if row.doubt and row.done is None]
        return Result(run, rows=run.rows, notes=notes)
    if from_ is None or to is None or on is None:
        raise BadInput(
            "a move needs both addresses and a day", "give `--from ID --to ID --on DATE`"
        )
    run, notes = moving.begin(
        from_, to, parse_date(on, context.today, planned=True), home=home, store=context.store,
        settings=settings, today=context.today, dry_run=dry_run,
    )  # fmt: skip
    return Result(run, rows=run.rows, notes=notes)
