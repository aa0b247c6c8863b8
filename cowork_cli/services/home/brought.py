"""The settings that a backup or an export brings: which of them can be used here, and what they would run.

Where the store is kept is of this machine: what another one says of it is not taken.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.config import Config, Value, values_in
from cowork_cli.errors import CoworkError
from cowork_cli.paths import Paths, put_in_place, written_beside
from cowork_cli.records import dataclass
from cowork_cli.services.home.safekeeping import CONFIG, SETTINGS

OF_THE_PLACE = ("store.url", "store.password_command")
_RUNS = ("command", "_command")


@dataclass(frozen=True, slots=True)
class Brought:
    """The texts that are to be written, by their place.

    `left_out` says of each other one why not; `runs` names settings that run a program, as they did not here.
    """

    texts: dict[Path, bytes]
    left_out: tuple[str, ...]
    runs: tuple[str, ...]


def brought(paths: Paths, settings: bytes | None, config: bytes | None) -> Brought:
    """What of the two files is taken. Nothing is written."""
    texts: dict[Path, bytes] = {}
    left_out: list[str] = []
    values: dict[str, Value] = {}
    for name, target, text in (
        (CONFIG, paths.config_file, config),
        (SETTINGS, paths.settings_file, settings),
    ):
        if text is None:
            continue
        try:
            found = values_in(text, name)
            texts[target] = (
                _here(found, text, paths) if name == SETTINGS else _without_place(found, text)
            )
        except CoworkError as error:
            left_out.append(error.message)
        else:
            values |= found
    return Brought(texts, tuple(left_out), _new_programs(values, paths))


def _here(values: dict[str, Value], text: bytes, paths: Paths) -> bytes:
    """The settings with the place of the store as it is here; the very text where that is the same."""
    from cowork_cli import config

    place = _written_place(paths)
    if place == {name: values[name] for name in OF_THE_PLACE if name in values}:
        return text
    kept = {name: value for name, value in values.items() if name not in OF_THE_PLACE}
    return config.text_of({**kept, **place})


def _without_place(values: Mapping[str, Value], text: bytes) -> bytes:
    from cowork_cli.errors import ConfigError

    if named := next((name for name in OF_THE_PLACE if name in values), None):
        raise ConfigError(
            f"{CONFIG} names `{named}`, which is of the machine that it was written on"
        )
    return text


def _written_place(paths: Paths) -> dict[str, Value]:
    """Nothing where the settings cannot be read: a restore must work then too."""
    try:
        settings = Config(paths)
        written = settings.written()
    except CoworkError:
        return {}
    return {name: settings.get(name) for name in OF_THE_PLACE if name in written}


def _new_programs(values: Mapping[str, Value], paths: Paths) -> tuple[str, ...]:
    try:
        present = {row.name: row.value for row in Config(paths).explain_all()}
    except CoworkError:
        present = {}
    return tuple(
        sorted(
            name
            for name, value in values.items()
            if name.endswith(_RUNS) and name not in OF_THE_PLACE and present.get(name) != value
        )
    )


@contextmanager
def laid_ready(texts: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Each text lies beside its place; the function puts them there, for which no room is needed."""
    parts: dict[Path, Path] = {}

    def put() -> None:
        for target, part in parts.items():
            put_in_place(part, target)

    try:
        for target, text in texts.items():
            parts[target] = written_beside(target, text)
        yield put
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
