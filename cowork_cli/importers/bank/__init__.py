"""Readers of bank statements: a file in, statements out; nothing here knows the store.

CAMT (also zipped, as banks hand it out), MT940, and CSV. What is not understood is refused with its
place and a reason, and then nothing of the file is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cowork_cli.domain.bank import Statement
from cowork_cli.errors import BadInput
from cowork_cli.importers._files import decoded
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass

FORMATS = ("camt", "mt940", "csv")
MOST_FILES = 2_000
MOST_BYTES = 256 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # with files in it, and without
_PROTECTED = re.compile(
    r'(?<![^;,\t|\r\n])=("[^"\r\n]*")'
)  # `="0123"`, so that a spreadsheet keeps it
_HINT = "give a statement as CAMT (XML, also zipped), MT940 or CSV"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `head` and `mapping` tell how a CSV was understood, `unread` which columns were not."""

    statements: tuple[Statement, ...]
    mapping: dict[str, str]
    head: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read(
    path: Path,
    form: str | None,
    mapping: Mapping[str, Sequence[str]],
    known: Mapping[tuple[str, ...], Mapping[str, Sequence[str]]],
) -> Reading:
    """The statements of a file, of the format asked for or of the one it is in.

    Raises NotFound, and BadInput where something in it is not understood.
    """
    if form is not None and form not in FORMATS:
        raise BadInput(f'cannot read "{form}"', f"choose one of {', '.join(FORMATS)}")
    content = bytes_of(path)
    what = str(path)
    if not content.strip():
        raise BadInput(f"{what} is empty", _HINT)
    if content.startswith(_ZIP):
        return _zipped(content, what, form, mapping, known)
    return _document(content, what, form, mapping, known)


def _document(
    content: bytes,
    what: str,
    form: str | None,
    mapping: Mapping[str, Sequence[str]],
    known: Mapping[tuple[str, ...], Mapping[str, Sequence[str]]],
) -> Reading:
    from cowork_cli.importers.bank import camt

    if (
        content[:200]
        .lstrip(b"\xef\xbb\xbf \r\n\t")
        .lower()
        .startswith((b"<html", b"<!doctype html"))
    ):
        raise BadInput(
            f"{what} is a web page, no statement", "sign in at the bank and download it again"
        )
    if form == "camt" or (form is None and camt.is_camt(content)):
        _refuse_mapping(mapping, what)
        return Reading(tuple(camt.read(content, what)), {})
    if content.startswith(b"%PDF"):
        raise BadInput(f"{what} is a PDF, which holds no bookings that can be relied on", _HINT)
    text = _bank_text(content, what)
    from cowork_cli.importers.bank import mt940

    if form == "mt940" or (form is None and mt940.is_mt940(text)):
        _refuse_mapping(mapping, what)
        return Reading(tuple(mt940.read(text, what)), {})
    from cowork_cli.importers.bank import csv_heads, csv_tables

    statements, head = csv_tables.read(text, what, mapping, known)
    return Reading(tuple(statements), csv_heads.shown(head), head.names, csv_heads.unread(head))


def _bank_text(content: bytes, what: str) -> str:
    """The text of a file of a bank: also UTF-16 without its mark, and ISO 8859-15, where the euro has a place of its own."""
    if b"\0" in content and not content[1:40:2].strip(b"\0"):
        content = b"\xff\xfe" + content
    text = decoded(content, what)
    text = text.replace("\u00a4", "€")
    return _PROTECTED.sub(r"\1", text) if '="' in text else text


def _refuse_mapping(mapping: Mapping[str, Sequence[str]], what: str) -> None:
    if mapping:
        raise BadInput(f"{what} is no CSV: it has no columns to map", "leave out `--map`")


def _zipped(
    content: bytes,
    what: str,
    form: str | None,
    mapping: Mapping[str, Sequence[str]],
    known: Mapping[tuple[str, ...], Mapping[str, Sequence[str]]],
) -> Reading:
    """All statements of a zip file; bounded by number and size, whatever its directory says."""
    readings = [
        _document(inner, f"{what}, {name}", form, mapping, known)
        for name, inner in _unpacked(content, what)
    ]
    if not readings:
        raise BadInput(f"{what} holds no statements", _HINT)
    statements = tuple(one for reading in readings for one in reading.statements)
    last = readings[-1]
    return Reading(statements, last.mapping, last.head, last.unread)


def _unpacked(content: bytes, what: str) -> Iterator[tuple[str, bytes]]:
    import io
    import zipfile
    import zlib

    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > MOST_FILES:
                raise BadInput(f"{what} holds more than {MOST_FILES} files", "unpack it")
            for member in sorted(members, key=lambda one: one.filename):
                if member.filename.startswith("__MACOSX/") or member.filename.endswith(".pdf"):
                    continue
                with archive.open(member) as file:
                    inner = file.read(MOST_BYTES - total + 1)
                total += len(inner)
                if total > MOST_BYTES:
                    raise BadInput(f"{what} unpacks to more than {MOST_BYTES >> 20} MB", "split it")
                yield member.filename, inner
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadInput(
            f"{what} cannot be unpacked: {error}", "download it again, or unpack it yourself"
        ) from None
