"""Logging a day and changing its record. What is not known is asked once, and kept."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._fields import parameters
from cowork_cli.commands._markers import Annotated, Option, Several
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import DayArgument, app, day_of
from cowork_cli.context import Context
from cowork_cli.domain.day import Day
from cowork_cli.domain.fields import Field
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from cowork_cli.domain.period import Period
    from cowork_cli.errors import CoworkError
    from cowork_cli.services.days.places import Places
    from cowork_cli.services.days.saying import Said

At = Annotated[
    list[str] | None,
    Option("--at", metavar="PLACE[=6h]", help="Where; again for each: home=5h, Hafen=13:00-17:00."),
]
_TEXTS = (
    Field(
        "away", "text", "From leaving home to coming back; 07:30.. over night; all; none.", "T..T"
    ),
    Field("mode", "text", "How you went: walk, bike, car, tram, train, …", "M"),
    Field("km", "text", "The way of that day, one way.", "KM"),
    Field("minutes", "text", "The same in minutes, one way.", "N"),
    Field("fare", "text", "What one way cost.", "EUR"),
    Field("driven", "text", "The whole round of that day; none forgets it.", "KM"),
    Field("purpose", "text", "What for: whom you met, what you did there.", "T"),
    Field("note", "text", "Anything else.", "T"),
)
_SAID: "dict[str, tuple[Any, Any]]" = {
    "at": (At, None),
    **parameters(_TEXTS),
    "no_work": (Annotated[bool, Option("--no-work", help="No work on that day.")], False),
}


def _said_options() -> Several:
    """What is said of a day, as one parameter of a verb."""
    return Several(_SAID, lambda context, words: _said(words))


def _said(words: "dict[str, Any]") -> "Said":
    from cowork_cli.services.days.saying import Said

    return Said(**{**words, "at": tuple(words["at"] or ())})


@verb(app, "log", data=Day, short="cowork day log yesterday --at home=5h --at Hafen=3h")
def log(
    context: Context,
    day: DayArgument = None,
    said: Annotated["Said", _said_options()] = None,  # type: ignore[assignment]
    in_: Annotated[
        str | None, Option("--in", metavar="PERIOD", help="Each day of it that is known whole.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Record where a day was spent: from hours and bookings, else from what you say."""
    if in_ is not None:
        return _log_period(context, in_, said, day, dry_run=dry_run)
    from cowork_cli.services.days import recording
    from cowork_cli.services.days.places import Places

    when = day_of(context, day)
    places = Places(context.store)

    def plan(more: "Said") -> Day:
        return recording.planned(
            context.store, places, when, more, context.zone, context.store.now_s
        )

    _refuse_logged(context, when)
    made = _asked(context, places, plan, said)
    if dry_run:
        return Result(made, notes=["Nothing was written."])
    return Result(recording.log(context.store, made), notes=_told(made))


@verb(app, "edit", data=Day, short="cowork day edit 2026-11-24 --away 07:30..18:00")
def edit(
    context: Context,
    day: DayArgument = None,
    said: Annotated["Said", _said_options()] = None,  # type: ignore[assignment]
    dry_run: options.DryRun = False,
) -> Result:
    """Change the record of a day; what you do not say stays, the journal keeps what was."""
    from cowork_cli.errors import UsageError
    from cowork_cli.services.days import recording
    from cowork_cli.services.days.places import Places

    if said.is_empty:
        raise UsageError(
            "nothing to change", "say what, as in `--at home=5h` or `--away 8:00..18:00`"
        )
    before = recording.find(context.store, day_of(context, day))
    places = Places(context.store)

    def plan(more: "Said") -> Day:
        return recording.edited(
            context.store, places, before, more, context.zone, context.store.now_s
        )

    made = _asked(context, places, plan, said)
    if dry_run:
        return Result(made, notes=["Nothing was written."])
    changed, differs = recording.change(context.store, made)
    return Result(changed, notes=_told(changed) if differs else ["It says so already."])


def _refuse_logged(context: Context, when: "date") -> None:
    from cowork_cli.errors import Conflict
    from cowork_cli.store import days

    if days.row_of(context.store, when) is not None:
        raise Conflict(f"{when} is logged already", f"change it with `cowork day edit {when}`")


def _told(day: Day) -> list[str]:
    """What the person should see at once: hours that differ from those recorded."""
    if day.tracked_s and day.tracked_s != day.duration_s:
        from cowork_cli.output.text import duration

        return [
            f"The hours of {day.date} say {duration(day.tracked_s)}, the log {duration(day.duration_s)}."
        ]
    return []


# ---- asking


def _asked(context: Context, places: "Places", plan: "Callable[[Said], Day]", said: "Said") -> Day:
    """The record, after asking at a terminal for what nobody has said. Each question comes once."""
    from cowork_cli.records import replace
    from cowork_cli.services.days.saying import KindMissing, LengthMissing, PlaceMissing

    for _ in range(20):
        try:
            return plan(said)
        except PlaceMissing as question:
            if not context.interactive:
                raise
            context.note(f"{question.message[:1].upper()}{question.message[1:]}.")
            where = context.ask("Where were you", flag="--at", default="home")
            said = replace(said, at=(*said.at, where))
        except LengthMissing as question:
            if not context.interactive:
                raise
            length = context.ask(f"How long did you work at {question.place}", flag="--at")
            others = tuple(text for text in said.at if text != question.place)
            said = replace(said, at=(*others, f"{question.place}={length}"))
        except KindMissing as question:
            if not context.interactive:
                raise
            _ask_place(context, places, question.place)
    return plan(said)


def _ask_place(context: Context, places: "Places", name: str) -> None:
    """What a new place is, and the way to it; kept for the days to come."""
    from cowork_cli.domain.day import KINDS
    from cowork_cli.services.days.places import Typed

    kind = context.ask(f"What is {name}: {', '.join(KINDS)}", flag="cowork day place --kind")
    typed: dict[str, Any] = {"kind": kind}
    if kind not in ("home", "travel"):
        for key, question in (
            ("km", "Kilometres from home, one way (empty: not said)"),
            ("minutes", "Minutes, one way (empty: not said)"),
            ("mode", "By what: walk, bike, car, tram, train … (empty: not said)"),
        ):
            answer = context.ask(question, flag=f"cowork day place --{key}", default="")
            if answer:
                typed[key] = answer
    places.put(name, Typed(**typed))


# ---- a whole period


def _log_period(
    context: Context, text: str, said: "Said", day: str | None, *, dry_run: bool
) -> Result:
    """Each day of a period that has hours and is not logged; what is not known whole is told, exit 8."""
    from cowork_cli.domain.phrases import parse_period
    from cowork_cli.errors import ExitCode, UsageError
    from cowork_cli.records import replace
    from cowork_cli.services.days import bulk
    from cowork_cli.services.days.places import Places

    if day is not None or not replace(said, at=()).is_empty:
        raise UsageError(
            "--in takes each day as it is known", "beside it only `--at PLACE` is taken"
        )
    period: Period = parse_period(text, context.today, planned=False)
    places = Places(context.store)
    done, problems = bulk.planned(context.store, places, period, said, context.today, context.zone)
    if not dry_run and done:
        done = bulk.log(context.store, done)
    failed: list[CoworkError] = list(problems)
    code = ExitCode.PARTIAL if done and failed else failed[0].exit_code if failed else ExitCode.DONE
    return Result(
        done,
        problems=failed,
        exit_code=code,
        notes=["Nothing was written."] if dry_run else [],
        empty=f"No day of {period} is left to log.",
    )
