"""The image at the top of an invoice: a PNG, JPEG or SVG file, read once and frozen with the invoice.

In the snapshot it is a data URL (RFC 2397), so that what was issued can be made again without the file.
"""

import base64
import json
from pathlib import Path

from cowork_cli.errors import BadInput, ConfigError

LARGEST = 1_000_000  # bytes: the image goes along with every invoice
_KINDS = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_HINT = (
    "name another with `cowork config set invoice.logo FILE`, or `cowork config unset invoice.logo`"
)
# The image alone, under the rules of the page: what cannot be set here cannot be printed there.
_TRIAL = b"""#set page(width: 100mm, height: 100mm)
#set document(title: "Logo", date: auto)
#image(bytes(json(bytes(sys.inputs.logo))), width: 50mm, alt: "Logo")
"""


def read_logo(file: Path) -> str:
    """The image as a data URL. Raises ConfigError for a file that is none, or cannot be read."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigError(f"cannot read the logo {file}: {why}", _HINT) from None
    if len(content) > LARGEST:
        raise ConfigError(f"the logo {file} has more than {LARGEST // 1_000_000} MB", _HINT)
    return f"data:{_KINDS[_kind(content, file)]};base64,{base64.b64encode(content).decode()}"


def check_logo(file: Path) -> None:
    """Raises BadInput if `file` is no image that can be printed."""
    try:
        logo = read_logo(file)
    except ConfigError as error:
        raise BadInput(error.message, "give a PNG, JPEG or SVG file") from None
    import typst

    try:
        typst.compile(
            _TRIAL, format="pdf", pdf_standards=["a-3b"], sys_inputs={"logo": numbers(logo)}
        )
    except typst.TypstError as error:
        raise BadInput(
            f"the logo {file} cannot be printed: {error.message}", "save it anew as a PNG"
        ) from None


def numbers(logo: str) -> str:
    """The bytes of a data URL as a JSON list: what Typst makes bytes of."""
    return json.dumps(list(base64.b64decode(logo.partition(",")[2])))


def _kind(content: bytes, file: Path) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if b"<svg" in content[:4000]:
        return "svg"
    raise ConfigError(f"the logo {file} is neither PNG nor JPEG nor SVG", _HINT)
