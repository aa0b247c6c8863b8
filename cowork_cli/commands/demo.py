"""`cowork demo`: the whole job on sample data, in a home that is thrown away."""

from typing import Any

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.data.demo import NOW, STEPS
from cowork_cli.domain.shell_words import typed
from cowork_cli.errors import Failed
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cowork_cli.data.demo_year import YearStep

app = new_app()


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One command of the tour: why, what was typed, what came of it."""

    say: str
    command: str
    exit_code: int
    data: Any


@verb(app, "demo", data=DemoStep, many=True, short="cowork demo")
def demo(
    context: Context,
    year: Annotated[
        bool, Option("--year", help="A whole year instead: days, hours, books.")
    ] = False,
) -> Result:
    """Show the whole job on sample data; nothing is left behind."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="cowork-demo-") as home:
        if context.wants_json:
            return Result([_captured(context, home, step) for step in _steps(year=year)])
        for step in _steps(year=year):
            context.show_step(step.say, _typed(step.words))
            _run(context, home, step)
    return Result(notes=("", next_step(called(context.env.get("PATH")))), empty="")


def _steps(*, year: bool) -> "Iterator[YearStep]":
    """The tour of a day, or that of a year."""
    from cowork_cli.data.demo_year import YearStep, steps

    if year:
        yield from steps()
        return
    for say, words in STEPS:
        yield YearStep(say, NOW, words)


def next_step(command: str) -> str:
    """What to do after the tour; `command` is what `cowork` is called where the person stands."""
    then = "" if command == "cowork" else " To type `cowork` alone, install it: `pipx install .`."
    return (
        "That was sample data in a throwaway home; nothing is left of it. Now yours: type "
        f"`{command} init`, then `{command} client add ID --name NAME --rate 95` and "
        f"`{command} start CLIENT/PROJECT`.{then}"
    )


def called(path: str | None) -> str:
    """`cowork` where a shell finds this one by that name, else the way to it: `.venv/bin/cowork`."""
    import shlex
    import shutil
    import sys
    from pathlib import Path

    here = Path(sys.argv[0]).absolute()
    found = shutil.which("cowork", path=path)
    if here.stem != "cowork":
        return "cowork" if found else f"{shlex.quote(sys.executable)} -m cowork_cli"
    if found and Path(found).resolve() == here.resolve():
        return "cowork"
    folder = Path.cwd()
    return shlex.quote(str(here.relative_to(folder) if here.is_relative_to(folder) else here))


def _run(context: Context, home: str, step: "YearStep", *flags: str) -> int:
    """Runs one command through the real funnel, in the throwaway home."""
    from pathlib import Path

    words = list(step.words)
    if step.file is not None:
        name, content = step.file
        place = f"{home}/{name}"
        Path(place).write_text(content, encoding="utf-8")
        words[words.index(name)] = place
    world = {
        "COWORK_HOME": home, "COWORK_STORE": "", "COWORK_NOW": step.now, "COWORK_NO_INPUT": "1",
    }  # fmt: skip
    code = context.run_again([*flags, *words], world)
    if code != 0:
        raise Failed(
            f"the demo stopped at `{_typed(step.words)}` (exit {code})", "please report this"
        )
    return code


def _captured(context: Context, home: str, step: "YearStep") -> DemoStep:
    import json
    from contextlib import redirect_stdout
    from io import StringIO

    stdout = StringIO()
    with redirect_stdout(stdout):
        code = _run(context, home, step, "--json", "--quiet")
    return DemoStep(step.say, _typed(step.words), code, json.loads(stdout.getvalue())["data"])


def _typed(words: tuple[str, ...]) -> str:
    return typed(("cowork", *words))
