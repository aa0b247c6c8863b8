"""Watson: `frames`, a JSON list of [start, stop, project, id, tags, updated], and `state`.

Times are seconds since 1970. `state` holds the frame that runs, if one does. A project that is
written `client/project` brings its client.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, say_nothing
from cowork_cli.importers._files import (
    checked,
    distinct,
    epoch,
    is_folder,
    json_of,
    texts_of,
    wrong_shape,
)

OPTIONS: tuple[str, ...] = ()


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The frames of a file or of a Watson folder. Raises NotFound, BadInput."""
    if not is_folder(path):
        return _file(path, None)
    frames, state = path / "frames", path / "state"
    if not frames.exists() and not state.exists():
        raise BadInput(f"{path} holds no Watson data", "give the folder with the file `frames`")
    return _both(frames, state)


def _both(frames: Path, state: Path) -> Iterator[Row]:
    if frames.exists():
        yield from _file(frames, None)
    if state.exists():
        yield from _file(state, "state")


def _file(path: Path, name: str | None) -> Iterator[Row]:
    document = json_of(path)
    if isinstance(document, dict) and (not document or "project" in document):
        if document:
            yield _frame(1, [document.get("start"), None, document["project"], None,
                             document.get("tags")], name)  # fmt: skip
        return
    if not isinstance(document, list) or (
        document and not any(isinstance(frame, list) for frame in document)
    ):
        raise wrong_shape(path, "a Watson frames file: a list of frames")
    for number, frame in enumerate(document, 1):
        yield _frame(number, frame, name)


def _frame(number: int, frame: Any, name: str | None) -> Row:
    try:
        if not isinstance(frame, list) or len(frame) < 4:
            raise BadInput("it is not a list of start, stop, project, id, tags")
        start, stop, project, identity = frame[:4]
        if not isinstance(project, str):
            raise BadInput("its project is not a text")
        return checked(
            ImportedEntry(
                line=number,
                from_=epoch(start),
                to=None if stop is None else epoch(stop),
                zone=None,
                project=project,
                tags=distinct(texts_of(frame[4] if len(frame) > 4 else None, "tags")),
                source_id=str(identity) if identity else None,
                unit="frame",
                file=name,
            )
        )
    except BadInput as error:
        return Unreadable(number, error.message, "frame", name)
