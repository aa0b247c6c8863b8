"""The logo: any of three formats, on the page and in the web page, frozen with the invoice."""

import base64
import struct
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from cowork_cli.documents import logo
from tests.conftest import Cowork


def png(width: int = 30, height: int = 10, colour: bytes = b"\x10\x20\x80") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + colour * width) * height
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)),
         chunk(b"IEND", b""))
    )  # fmt: skip


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWG"
    "kJ6jq62rZ4C8ybqmx5moq6T/wAALCAAEAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAA"
    "AAD/2gAIAQEAAD8AFf/Z"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>'
IMAGES = {"logo.png": png(), "logo.jpg": JPEG, "logo.svg": SVG}


def drafted(cowork: Cowork) -> None:
    assert cowork("invoice", "draft", "acme", "--empty").code == 0
    assert cowork("invoice", "line", "draft-1", "--text", "X", "--price", "10").code == 0


@pytest.mark.parametrize("name", IMAGES)
def test_it_is_printed_with_its_words(
    acme: Cowork, name: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(IMAGES[name])
    monkeypatch.chdir(tmp_path)
    set_ = acme("config", "set", "invoice.logo", name, "--json")
    assert set_.data["value"] == str(tmp_path / name), str(set_)
    drafted(acme)
    monkeypatch.chdir("/")
    outcome = acme("invoice", "issue", "draft-1")
    assert outcome.code == 0, str(outcome)
    file = home / "data" / "invoices" / "2026-0001.pdf"
    assert alternative_texts(PdfReader(file)) >= {"Logo von Erika Muster"}
    web = acme("invoice", "export", "2026-0001", "--format", "html").out
    kind = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}[name[-3:]]
    whole = base64.b64encode(IMAGES[name]).decode()
    assert f'<img src="data:{kind};base64,{whole}" alt="Logo von Erika Muster">' in web
    (tmp_path / name).unlink()
    assert acme("invoice", "export", "2026-0001", "--format", "html").out == web, "it is frozen"
    cancelled = acme("invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert cancelled.code == 0, str(cancelled)
    other = PdfReader(home / "data" / "invoices" / "2026-0002.pdf")
    assert alternative_texts(other) >= {"Logo von Erika Muster"}


def alternative_texts(pdf: PdfReader) -> set[str]:
    """What the tags of a PDF say in place of its images."""
    return {
        str(pdf.get_object(number)["/Alt"])
        for number in range(1, len(pdf.xref[0]) + sum(map(len, pdf.xref_objStm)) + 1)
        if isinstance(found := _object(pdf, number), dict) and "/Alt" in found
    }


def _object(pdf: PdfReader, number: int) -> object:
    try:
        return pdf.get_object(number)
    except Exception:
        return None


def test_without_a_logo_there_is_none(acme: Cowork, home: Path) -> None:
    drafted(acme)
    assert acme("invoice", "issue", "draft-1").code == 0
    pdf = PdfReader(home / "data" / "invoices" / "2026-0001.pdf")
    assert not [text for text in alternative_texts(pdf) if "Logo" in text]
    assert "<img" not in acme("invoice", "export", "2026-0001", "--format", "html").out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"GIF89a", "neither PNG nor JPEG nor SVG"),
        (b"\x89PNG\r\n\x1a\n broken", "cannot be printed"),
        (b"<svg", "cannot be printed"),
        (png() + b"\0" * logo.LARGEST, "more than 1 MB"),
    ],
    ids=["missing", "gif", "broken png", "broken svg", "large"],
)
def test_a_file_that_cannot_be_is_not_set(
    acme: Cowork, tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "logo"
    if content is not None:
        file.write_bytes(content)
    outcome = acme("config", "set", "invoice.logo", str(file))
    assert (outcome.code, says in outcome.err) == (2, True), str(outcome)
    assert acme("config", "get", "invoice.logo", "--json").data["value"] is None


@pytest.mark.parametrize("words", [("invoice", "draft", "acme"), ("invoice", "issue", "draft-1"),
                                   ("invoice", "issue", "draft-1", "--dry-run")], ids=" ".join)  # fmt: skip
def test_a_file_that_went_is_an_error_before_anything_is_made(
    acme: Cowork, tmp_path: Path, words: tuple[str, ...]
) -> None:
    drafted(acme)
    file = tmp_path / "logo.png"
    file.write_bytes(png())
    assert acme("config", "set", "invoice.logo", str(file)).code == 0
    file.unlink()
    before = acme("invoice", "list", "--json").data
    outcome = acme(*words)
    assert outcome.code == 3, str(outcome)
    assert f"cannot read the logo {file}" in outcome.err
    assert "config unset invoice.logo" in outcome.err
    assert acme("invoice", "list", "--json").data == before


def test_the_widest_and_the_highest_fit(acme: Cowork, tmp_path: Path, home: Path) -> None:
    for number, size in enumerate([(400, 2), (2, 400)], 1):
        file = tmp_path / "logo.png"
        file.write_bytes(png(*size))
        assert acme("config", "set", "invoice.logo", str(file)).code == 0
        acme("invoice", "draft", "acme", "--empty")
        acme("invoice", "line", f"draft-{number}", "--text", "X", "--price", "10")
        outcome = acme("invoice", "issue", f"draft-{number}")
        assert outcome.code == 0, str(outcome)
        pdf = PdfReader(home / "data" / "invoices" / f"2026-000{number}.pdf")
        assert len(pdf.pages) == 1
