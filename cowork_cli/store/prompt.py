"""The running timer of this person for a shell prompt: one query, nothing else loaded.

Prints nothing where there is no timer, no store, an older or newer schema, or any trouble: a prompt
must never fail. It never creates, migrates or writes.
"""

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "{project} {elapsed}"


def print_prompt(words: "list[str]", env: "Mapping[str, str]") -> int:
    """`prompt [FORMAT]`; FORMAT may hold `{project} {client} {note} {elapsed}`.

    What else it holds is written as it is, colours are wanted in a prompt; the values are cleaned.
    """
    try:
        text = running_text(" ".join(words) or DEFAULT, env)
        if text:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
    except Exception:  # whatever it is, it must not appear in somebody's prompt
        pass
    return 0


def running_text(form: str, env: "Mapping[str, str]") -> str:
    """The form filled in, or an empty string without a timer."""
    from cowork_cli.store.peek import rows, whose

    timers = rows(
        env,
        "SELECT c.slug || '/' || p.slug, c.slug, e.note, e.from_at, e.person, "
        "(SELECT value FROM meta WHERE key = 'owner') FROM entries e "
        "JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        "WHERE e.to_at IS NULL",
    )
    if not timers:
        return ""
    person = whose(env)  # known of a copy; in a file others may have timers too
    if person is None:
        named, owner = _named(env), timers[0][5]
        free = owner is None and not any(
            timer[4] for timer in timers
        )  # the first named owns a file
        person = "" if free or named == owner else named
    own = [timer for timer in timers if timer[4] == person]
    if not own:
        return ""
    project, client, note, from_at, *_ = own[0]
    minutes = max(0, _now(env) - from_at) // 60
    elapsed = f"{minutes // 60}:{minutes % 60:02}"
    values = {"project": project, "client": client, "note": note or "", "elapsed": elapsed}
    for name, value in values.items():
        form = form.replace("{" + name + "}", _printable(value))
    return form


def _named(env: "Mapping[str, str]") -> str:
    """Who sits at this machine; the settings are read only where their files have such a word."""
    from cowork_cli.paths import locate

    paths = locate(env)
    for file in (paths.config_path, paths.settings_path):
        try:
            with open(file, "rb") as opened:
                known = b"person" in opened.read()
        except OSError:
            continue
        if known:
            from cowork_cli.config import Config

            return Config(paths).text("profile.person") or ""
    return ""


def _now(env: "Mapping[str, str]") -> int:
    frozen = env.get("COWORK_NOW")
    if frozen:
        from cowork_cli.domain.zones import typed_instant

        instant = typed_instant(frozen)
        if instant is not None:
            return int(instant.timestamp())
    return int(time.time())


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
