"""Having the system run `standing run` every minute: a line of the crontab, or a timer of systemd.

Sources: crontab(5) (`%` is a line break unless escaped), systemd.timer(5), systemd.service(5).
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from cowork_cli.domain.standing import Schedule
from cowork_cli.errors import Failed, Unsupported

MARK = "# cowork standing"
UNIT = "cowork-standing"


def plan(environ: Mapping[str, str], *, systemd: bool, remove: bool) -> Schedule:
    """What is to be written and run, nothing done yet. Raises Unsupported, Failed."""
    return _by_systemd(environ, remove) if systemd else _by_cron(environ, remove)


def carry_out(schedule: Schedule) -> list[str]:
    """Writes the files and runs the commands; what to say. Raises Failed."""
    if not schedule.changed:
        return ["Nothing is installed." if schedule.remove else "It is installed already."]
    # A timer is switched off while systemd still knows it, and on when it is there.
    before, after = schedule.commands[: schedule.remove], schedule.commands[schedule.remove :]
    for command in before:
        _run(list(command))
    for path, content in schedule.files:
        if path == "crontab":
            _run(["crontab", "-"], given=content or "")
        elif content is None:
            Path(path).unlink(missing_ok=True)
        else:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(content, encoding="utf-8")
    for command in after:
        _run(list(command))
    if schedule.remove:
        return ["`cowork standing run` is no longer started by itself."]
    return [f"`cowork standing run` is started every minute by {schedule.kind}."]


# ---- what is run


def _command() -> list[str]:
    """This program by its full path, as cron knows no PATH of ours."""
    program = shutil.which("cowork")
    return [program] if program else [sys.executable, "-m", "cowork_cli"]


def _surroundings(environ: Mapping[str, str]) -> list[str]:
    """The variables that say where the home and its store are; nothing else is carried over.

    Raises BadInput, SecretInConfig: no password gets into a crontab.
    """
    home, store = environ.get("COWORK_HOME"), environ.get("COWORK_STORE")
    if store:
        from cowork_cli.store.engine.postgresql.address import address

        address(store, "COWORK_STORE")
    return [
        *([f"COWORK_HOME={Path(home).absolute()}"] if home else []),
        *([f"COWORK_STORE={store}"] if store else []),
    ]


# ---- cron

# schtasks: https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-create
_BY_HAND = 'have Windows run it: schtasks /create /sc minute /tn cowork /tr "cowork standing run"'


def _by_cron(environ: Mapping[str, str], remove: bool) -> Schedule:
    if shutil.which("crontab") is None:
        raise Unsupported(
            "there is no crontab here",
            _BY_HAND
            if os.name == "nt"
            else "take `--systemd`, or run `cowork standing run` by other means",
        )
    known = _crontab()
    kept = [line for line in known if not line.endswith(MARK)]
    words = ["env", *_surroundings(environ)] if _surroundings(environ) else []
    line = shlex.join([*words, *_command(), "standing", "run"]).replace("%", "\\%")
    lines = kept if remove else [*kept, f"* * * * * {line} {MARK}"]
    text = "".join(f"{line}\n" for line in lines)
    return Schedule("cron", remove, lines != known, (("crontab", text),), ())


def _crontab() -> list[str]:
    """The lines there are. Raises Failed where they cannot be read: nothing may be lost."""
    done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout.splitlines()
    if "no crontab" in done.stderr.lower():
        return []
    raise Failed(
        f"the crontab cannot be read: {done.stderr.strip() or f'exit {done.returncode}'}",
        "take `--systemd`, or look with `crontab -l`",
    )


# ---- systemd


def _by_systemd(environ: Mapping[str, str], remove: bool) -> Schedule:
    if shutil.which("systemctl") is None:
        raise Unsupported("there is no systemd here", "leave out `--systemd`: cron does it")
    root = environ.get("XDG_CONFIG_HOME") or f"{environ.get('HOME') or Path.home()}/.config"
    folder = Path(root) / "systemd" / "user"
    texts = {f"{UNIT}.service": _service(environ), f"{UNIT}.timer": _TIMER}
    systemctl = ("systemctl", "--user")
    commands: tuple[tuple[str, ...], ...]
    if remove:
        files = tuple((str(folder / name), None) for name in texts)
        commands = (
            (*systemctl, "disable", "--now", f"{UNIT}.timer"),
            (*systemctl, "daemon-reload"),
        )
        there = any((folder / name).exists() for name in texts)
        return Schedule("systemd", True, there, files, commands if there else ())
    same = all(_content(folder / name) == text for name, text in texts.items())
    commands = ((*systemctl, "daemon-reload"), (*systemctl, "enable", "--now", f"{UNIT}.timer"))
    written = tuple((str(folder / name), text) for name, text in texts.items())
    return Schedule("systemd", False, not same, written, commands)


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _service(environ: Mapping[str, str]) -> str:
    lines = [f"Environment={_quoted(pair)}" for pair in _surroundings(environ)]
    run = " ".join(_quoted(word) for word in [*_command(), "standing", "run"])
    return "\n".join(
        ["[Unit]", "Description=Book what standing orders of cowork have due", "", "[Service]",
         "Type=oneshot", *lines, f"ExecStart={run}", ""]
    )  # fmt: skip


def _quoted(word: str) -> str:
    """As systemd.syntax(7) reads it back: in double quotes, `%` doubled."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"'


_TIMER = """\
[Unit]
Description=Every minute: book what standing orders of cowork have due

[Timer]
OnCalendar=*:*:00
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target
"""


def _run(command: list[str], given: str | None = None) -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        raise Failed(f"`{' '.join(command)}` failed: {why[-1]}", "see it with `--dry-run`")
