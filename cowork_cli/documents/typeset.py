"""Pages made by Typst: the one place that calls it, and that knows which letters can be printed.

PDF/A forbids a glyph that is missing, so a letter that no font holds is refused, by name and field,
before anything is made. The fonts inside Typst are used, so that the same input gives the same bytes
everywhere; the setting `invoice.font` adds one file for other letters.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli.documents.letters import printable
from cowork_cli.errors import BadInput, ConfigError

OTHER_FONT = (
    "use other letters, or name a font that holds it: `cowork config set invoice.font FILE`"
)
Fields = Iterable[tuple[str, str]]


def typeset(
    template: Path,
    view: dict[str, Any],
    fields: Fields,
    created: datetime,
    *,
    font: Path | None = None,
    inputs: dict[str, str] | None = None,
) -> bytes:
    """A PDF/A-3b of `template` filled with `view`; `created` (aware) is the only clock.

    `fields` are what a person typed, each with the name of its field. Raises BadInput for a letter
    that no font holds, ConfigError if `font` is no file.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    texts = list(fields)
    if font is None:
        check_letters(texts)
    elif not font.is_file():
        raise ConfigError(
            f"there is no font file {font} (setting invoice.font)",
            "correct it with `cowork config set invoice.font FILE`",
        )
    import typst  # 34 MB of library: only who makes a page loads it

    try:
        with _folder_of(font) as fonts:
            page: bytes = typst.compile(
                template,
                root=template.parent,
                format="pdf",
                ignore_system_fonts=True,
                font_paths=fonts,
                pdf_standards=["a-3b"],
                sys_inputs={"data": json.dumps(view, ensure_ascii=False), **(inputs or {})},
                timestamp=int(created.timestamp()),
            )
    except typst.TypstError as error:
        # Only Typst knows which letters another font holds, and which mark fits on which letter.
        shown = re.search(r'the text `"(.+?)"` could not be displayed', error.message, re.DOTALL)
        if shown is None:
            raise
        field = next((name for name, text in texts if shown[1] in text), "the page")
        raise BadInput(f"{_named(shown[1])} in {field} cannot be printed", OTHER_FONT) from error
    return page


def check_font(file: Path) -> None:
    """Raises BadInput if `file` is no font: TrueType, OpenType, or a collection of them, by its first bytes."""
    try:
        with file.open("rb") as opened:
            first = opened.read(4)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput(f"cannot read the font {file}: {why}", "give a font file") from None
    if first not in (b"\0\1\0\0", b"OTTO", b"ttcf", b"true"):
        raise BadInput(
            f"{file} is not a font", "give a file of TrueType or OpenType (ttf, otf, ttc)"
        )


@contextmanager
def _folder_of(font: Path | None) -> Iterator[list[Path]]:
    """A folder that holds this one font: Typst takes folders, and its neighbours are not meant."""
    if font is None:
        yield []
        return
    import shutil
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="cowork-font-") as folder:
        shutil.copy(font, folder)
        yield [Path(folder)]


def check_letters(fields: Fields) -> None:
    """Raises BadInput if a character is in no font of the page, naming it and its field."""
    known = printable()
    for field, text in fields:
        for letter in text:
            if letter not in known:
                raise BadInput(f"{_named(letter)} in {field} cannot be printed", OTHER_FONT)


def _named(letters: str) -> str:
    points = " ".join(f"U+{ord(letter):04X}" for letter in letters)
    # A control character would do to a terminal what it says.
    odd = any(unicodedata.category(letter)[0] == "C" for letter in letters)
    return points if odd else f'"{letters}" ({points})'
