"""From the words of a command line to an exit code: the funnel, and the only exit.

Two fast paths leave before Typer is loaded: `--version`, the prompt, and the values for TAB. The
rest goes one way: `command_line` takes the words apart and finds the verb, `_program` runs it and
renders its Result, `_fail` is all that is said of errors.
"""

import gc
import os
import sys

from cowork_cli import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` itself would cost the fast paths a millisecond
    from collections.abc import Mapping
    from typing import TextIO

    from cowork_cli.command_line import Line
    from cowork_cli.context import Context
    from cowork_cli.errors import CoworkError, ExitCode


def main() -> None:
    """The console script.

    A command lives for a tenth of a second: collecting garbage while it imports, and taking the
    interpreter apart when it is done, would be a fifth of that. So neither is done. Everything that
    must be closed is closed by the funnel; both streams are flushed here.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        _hold_every_letter(stream)
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the funnel stood, or while it said goodbye
        sys.stderr.write("error: interrupted\n")
        code = 130
    except Exception as broken:  # not even the funnel could be loaded: a broken installation
        sys.stderr.write(f"error: cowork is broken: {broken!r}\nhint: install it again\n")
        code = 70
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    os._exit(code)


def _hold_every_letter(stream: "TextIO | None") -> None:
    """No letter breaks a stream of an older encoding, such as a pipe on Windows.

    What a program reads is UTF-8, as every file of ours, and the name of a file the bytes that it is; a
    terminal, and who chose the encoding by `PYTHONIOENCODING`, sees `\\u0142` for a letter that it does not have.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if encoding.lower().replace("-", "").startswith("utf"):
        if getattr(stream, "errors", None) == "strict":
            stream.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    elif os.environ.get("PYTHONIOENCODING") or stream.isatty():  # type: ignore[union-attr]
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    else:
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]


def _flush(stream: "TextIO | None") -> None:
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):  # nobody reads any more: the funnel has judged that already
        return


def run(words: list[str], env: "Mapping[str, str] | None" = None) -> int:
    """Runs one command line over the streams of this process and returns its exit code."""
    env = os.environ if env is None else env
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"cowork {__version__}\n")
        return 0
    if words[:1] == ["_names"]:
        from cowork_cli.store.completing import print_names

        return print_names(words[1:], env)
    if words[:1] == ["prompt"] and not any(word.startswith("-") for word in words[1:]):
        from cowork_cli.store.prompt import print_prompt

        return print_prompt(words[1:], env)
    return _funnel(words, env)


def _funnel(words: list[str], env: "Mapping[str, str]") -> int:
    from cowork_cli import command_line
    from cowork_cli.context import Options, standard_context
    from cowork_cli.output.diagnostics import Diagnostics, wants_colour
    from cowork_cli.redaction import remember_environment

    remember_environment(env)
    line = command_line.Line()
    context: Context | None = None
    try:
        early: BaseException | None = None
        try:
            command_line.split(words, line)
        except BaseException as raised:  # shown below, once it is known how
            early = raised
            command_line.take_flags_anyway(words, line)
        options = Options(**line.options)
        diagnostics = Diagnostics(
            sys.stderr,
            sys.stdout,
            quiet=options.quiet,
            colour=wants_colour(sys.stderr, env, no_color=options.no_color),
        )
        context = standard_context(
            options,
            diagnostics,
            env,
            command=line.path,
            line=command_line.as_typed(line),
            run_again=_funnel,
        )
        try:
            if early is not None:
                raise early
            return _program(line, context)
        except BaseException as raised:
            return _fail(raised, context, line)
    finally:
        if context is not None:
            context.close()


def _program(line: "Line", context: "Context") -> int:
    """The whole story without errors."""
    from cowork_cli.output import render

    if line.version:
        render.write_text(f"cowork {__version__}", context.stdout)
        return 0
    if line.help or not line.path:
        text = _help_text(line, context.help_width)
        with context.document_stream("table") as stdout:
            render.write_text(text, stdout)
        return 0
    from cowork_cli.app import invoke
    from cowork_cli.errors import ExitCode
    from cowork_cli.output import habit
    from cowork_cli.redaction import clean

    form = context.form
    if line.said:
        context.note(line.said)
    context.works_offline = line.verb.function.offline
    _complete(line, context)
    picked = _picked(line, context, form)
    habit.read_by(context.env if form == "table" else None)
    result = invoke(line.verb, line.arguments, context)
    if isinstance(result, int):  # Typer's own early exit
        return result
    _follow(context)
    failed = result.exit_code not in (ExitCode.DONE, ExitCode.PARTIAL)
    for problem in result.problems:
        clean(problem)
        (context.diagnostics.error if failed else context.diagnostics.warning)(problem)
    if not result.records and result.content is None and form in ("plain", "csv") and result.empty:
        context.note(result.empty)
    with context.document_stream(form) as stdout:
        changed = render.write_result(
            result,
            form,
            stdout,
            command=line.path,
            colour=_colour(context),
            width=_width(context),
            header=_header(line, context),
            picked=picked,
        )
    for note in (*result.notes, *(f"For spreadsheets, {cell}." for cell in changed)):
        context.note(note)
    _tell_forgotten(context)
    return int(result.exit_code)


def _picked(line: "Line", context: "Context", form: str) -> "tuple[str, ...] | None":
    """The fields that `--json=FIELD,…` asks for; None for all. Raises UsageError before anything is done."""
    if context.options.header and form not in ("plain", "csv"):
        from cowork_cli.errors import UsageError

        raise UsageError("only plain output has a --header", "give `-o plain` with it")
    if context.options.fields is None:
        return None
    from cowork_cli.commands._field_types import fields_of
    from cowork_cli.output.chosen_fields import picked

    known = dict(fields_of(line.verb.function.data_type))
    return picked(context.options.fields, known, form, line.verb.name)


def _header(line: "Line", context: "Context") -> "list[str] | None":
    """The names of the columns of what the command lists, where `--header` asks for them."""
    if not context.options.header:
        return None
    from cowork_cli.commands.topics import plain_columns

    return plain_columns(line.verb.function)


def _help_text(line: "Line", width: int) -> str:
    from cowork_cli import help_pages

    if not line.path:
        return help_pages.root(__version__, width)
    return help_pages.verb(line.verb, width) if line.verb else help_pages.noun(line.path, width)


def _complete(line: "Line", context: "Context") -> None:
    """Asks for what the line lacks, or says what there is. Raises UsageError."""
    from cowork_cli.app import lacks

    if lacks(line.verb, line.arguments):
        from cowork_cli.command_line import as_typed
        from cowork_cli.missing import completed

        line.arguments = completed(line.verb, line.arguments, context)
        context.line = as_typed(line)


# ---- output


def _colour(context: "Context") -> bool:
    from cowork_cli.output.diagnostics import wants_colour

    return wants_colour(context.stdout, context.env, no_color=context.options.no_color)


def _width(context: "Context") -> int | None:
    columns = context.env.get("COLUMNS", "")
    plain = columns.isascii() and columns.isdigit() and len(columns) < 6
    return int(columns) if plain and int(columns) > 0 else None


def _follow(context: "Context") -> None:
    """Names for TAB, and the copy of a store on a server, follow it; failing at that fails nothing else."""
    store = context.opened_store
    if store is None:
        return
    if store.is_copy:
        if store.journal.touched:
            context.note("It waits here and goes up with the next command that reaches the server.")
        return
    from cowork_cli.store.names import refresh

    refresh(store, context.paths.names_path)
    context.keep_copy()


def _tell_forgotten(context: "Context") -> None:
    """Any command says once that a timer was left running, if it looked into the store anyway."""
    if context.opened_store is None or "forgotten" in context.__dict__:
        return
    if context.forgotten is not None:
        from cowork_cli.services.hours import forgotten

        context.note(forgotten.sentence(context.forgotten, context.now))
        context.note(forgotten.remedy(context.forgotten))


# ---- errors


def _fail(raised: BaseException, context: "Context", line: "Line") -> int:
    """Says what went wrong, in every form it is asked for, and returns the exit code."""
    from cowork_cli.errors import ExitCode
    from cowork_cli.output import render
    from cowork_cli.redaction import clean

    if isinstance(raised, BrokenPipeError):
        render.quiet_stdout(context.stdout)
        return int(ExitCode.DONE)
    error, code = _judged(raised, context, line)
    context.diagnostics.error(clean(error))  # stdout may hold it too
    try:
        if context.wants_json:
            render.write_failure(error, code, context.stdout, line.path)
        context.stdout.flush()
    except OSError:  # nobody reads, or no room: Python would complain again at its exit
        render.quiet_stdout(context.stdout)
    return int(code)


def _judged(
    raised: BaseException, context: "Context", line: "Line"
) -> "tuple[CoworkError, ExitCode]":
    """The error to show and the code to leave with: the one place that knows."""
    from cowork_cli.errors import CoworkError, ExitCode

    if context.options.debug and not isinstance(raised, CoworkError):
        import traceback

        for text in traceback.format_exception(raised):
            for part in text.splitlines():
                context.diagnostics.debug(part)
    known = _known(raised, line)
    if isinstance(known, CoworkError):
        return known, known.exit_code
    if isinstance(raised, KeyboardInterrupt):
        interrupted = CoworkError("interrupted")
        interrupted.code = "interrupted"
        return interrupted, ExitCode.INTERRUPTED
    if context.opened_store is not None:
        from cowork_cli.services.home.safekeeping import stumbled_over

        if damage := stumbled_over(context.opened_store, context.paths):
            return damage, damage.exit_code
    return _bug(raised, context, line), ExitCode.BUG


def _known(raised: BaseException, line: "Line") -> "BaseException":
    """`raised` as an error of ours where it is one, also those of Typer and of the system."""
    from cowork_cli.errors import CoworkError

    if isinstance(raised, CoworkError | KeyboardInterrupt | BrokenPipeError):
        return raised
    if isinstance(raised, OSError):
        return _from_system(raised)
    if "cowork_cli.typer_command" in sys.modules:  # else it cannot be one of Typer's
        from cowork_cli.typer_command import TyperException

        if isinstance(raised, TyperException):
            return _from_typer(raised, line)
    return raised


def _from_typer(raised: BaseException, line: "Line") -> "CoworkError":
    from cowork_cli.errors import UsageError

    message = raised.format_message().replace("\n", " ").rstrip(".")  # type: ignore[attr-defined]
    command = " ".join(("cowork", *line.path))
    return UsageError(message[:1].lower() + message[1:], f"see `{command} --help`")


def _from_system(raised: OSError) -> "CoworkError | OSError":
    """Errors of files that are nobody's bug."""
    import errno

    from cowork_cli.errors import ConfigError, DiskFull, Failed

    where = f" {raised.filename}" if raised.filename else ""
    if raised.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(f"the disk is full{where}", "free some space and run it again")
    if raised.errno in (errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.ENOTCONN):
        return Failed(
            f"the disk failed{where}: {(raised.strerror or '').lower()}",
            "check the disk and that it is mounted, then run it again",
        )
    if raised.errno in (errno.EMFILE, errno.ENFILE):
        return Failed(
            "too many files are open on this machine", "close some programs, run it again"
        )
    if raised.errno in (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EEXIST,
        errno.ENAMETOOLONG,
        errno.ELOOP,
        errno.EBUSY,
        errno.ETXTBSY,
    ):
        return ConfigError(
            f"cannot use{where}: {(raised.strerror or '').lower()}", "check its owner and mode"
        )
    return raised


def _bug(raised: BaseException, context: "Context", line: "Line") -> "CoworkError":
    from cowork_cli.command_line import as_typed
    from cowork_cli.errors import CoworkError
    from cowork_cli.output.diagnostics import write_crash_file

    try:
        folder = context.paths.state
    except Exception:
        folder = None
    file = folder and write_crash_file(folder, raised, as_typed(line), __version__)
    where = f"; what we need to mend it lies in {file}" if file else f": {raised!r}"
    bug = CoworkError(
        f"this is a bug of cowork ({type(raised).__name__}){where}",
        "please report it with that file; it holds no passwords, but read it first",
    )
    bug.code = "bug"
    return bug
