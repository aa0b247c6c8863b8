"""What the pages of a PDF paint: fonts that show a glyph, and colours of a device.

A font that is only selected shows nothing and need not be embedded, nor one whose text is invisible
(rendering mode 3; ISO 19005-3, 6.2.11.4). Colours of a device need an output intent (6.2.4.3).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

_SHOW = {b"Tj", b"TJ", b"'", b'"'}
_FILL = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}
_STROKE = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
_DEVICE_FILL = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}
_DEVICE_STROKE = {b"G": "/DeviceGray", b"RG": "/DeviceRGB", b"K": "/DeviceCMYK"}
_DEVICES = {
    "/DeviceGray": "/DefaultGray",
    "/DeviceRGB": "/DefaultRGB",
    "/DeviceCMYK": "/DefaultCMYK",
    "/G": "/DefaultGray",
    "/RGB": "/DefaultRGB",
    "/CMYK": "/DefaultCMYK",
}
_INVISIBLE = 3
_MOST_STREAMS = 2000
_MOST_OPERATIONS = 2_000_000

Operations = Callable[[Any], list[tuple[Any, bytes]]]


@dataclass(slots=True)
class Painted:
    """What was painted; `whole` is False where there was more than is looked at."""

    fonts: list[Any] = field(default_factory=list)
    device_colours: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that matters here; pages begin in black of DeviceGray."""

    font: Any = None
    mode: int = 0
    fill: Any = "/DeviceGray"
    stroke: Any = "/DeviceGray"


def painted(pages: Any, operations: Operations) -> Painted:
    """What the pages and their annotations paint; `operations` takes a content stream apart."""
    found = Painted()
    seen: set[int] = set()
    waiting = list(_streams(pages))
    count = 0
    while waiting:
        content, resources = waiting.pop()
        if content is None or id(content) in seen:
            continue
        seen.add(id(content))
        rows = operations(content)
        count += len(rows)
        if len(seen) > _MOST_STREAMS or count > _MOST_OPERATIONS:
            found.whole = False
            return found
        waiting.extend(_run(rows, resources, found))
    return found


def _streams(pages: Any) -> Iterator[tuple[Any, Any]]:
    for page in pages:
        yield _value(page.get("/Contents")), _value(page.get("/Resources")) or {}
        notes = _value(page.get("/Annots")) or []
        for note in notes:
            shown = _value((_value(note) or {}).get("/AP"))
            normal = _value(shown.get("/N")) if shown is not None else None
            if normal is None:
                continue
            states = [normal] if hasattr(normal, "get_data") else map(_value, normal.values())
            for state in states:
                yield state, _value(state.get("/Resources")) or {}


def _value(item: Any) -> Any:
    return None if item is None else item.get_object()


def _run(rows: list[tuple[Any, bytes]], resources: Any, found: Painted) -> list[tuple[Any, Any]]:
    """Follows the operators; returns the forms that are drawn, with their resources."""
    state, kept, forms = _State(), [], []
    for operands, operator in rows:
        if operator == b"q":
            kept.append(state)
        elif operator == b"Q":
            state = kept.pop() if kept else state
        elif operator == b"Do":
            drawn = _value((_value(resources.get("/XObject")) or {}).get(operands[0]))
            if drawn is not None and drawn.get("/Subtype") == "/Form":
                forms.append((drawn, _value(drawn.get("/Resources")) or resources))
            elif drawn is not None:
                _image(drawn, resources, found)
        elif operator == b"INLINE IMAGE":
            _image(operands["settings"], resources, found)
        else:
            state = _changed(state, operands, operator, resources)
            _paint(state, operands, operator, resources, found)
    return forms


def _changed(state: _State, operands: Any, operator: bytes, resources: Any) -> _State:
    if operator == b"Tf":
        fonts = _value(resources.get("/Font")) or {}
        return replace(state, font=_value(fonts.get(operands[0])))
    if operator == b"Tr":
        return replace(state, mode=int(operands[0]))
    if operator in _DEVICE_FILL:
        return replace(state, fill=_DEVICE_FILL[operator])
    if operator in _DEVICE_STROKE:
        return replace(state, stroke=_DEVICE_STROKE[operator])
    if operator == b"cs":
        return replace(state, fill=_space(operands[0], resources))
    if operator == b"CS":
        return replace(state, stroke=_space(operands[0], resources))
    return state


def _paint(state: _State, operands: Any, operator: bytes, resources: Any, found: Painted) -> None:
    if operator in _SHOW:
        if state.mode == _INVISIBLE or not _has_glyph(operands[-1]):
            return
        if state.font is not None and not any(state.font is font for font in found.fonts):
            found.fonts.append(state.font)
    if operator in _SHOW or operator in _FILL:
        _colour(state.fill, resources, found)
    if operator in _STROKE:
        _colour(state.stroke, resources, found)


def _has_glyph(shown: Any) -> bool:
    if isinstance(shown, list):
        return any(_has_glyph(part) for part in shown)
    return isinstance(shown, str | bytes) and len(shown) > 0


def _space(name: Any, resources: Any) -> Any:
    spaces = _value(resources.get("/ColorSpace")) or {}
    return _value(spaces.get(name)) if name in spaces else name


def _image(image: Any, resources: Any, found: Painted) -> None:
    if image.get("/ImageMask") or image.get("/IM"):
        return
    space = _value(image.get("/ColorSpace") or image.get("/CS"))
    _colour(_space(space, resources) if isinstance(space, str) else space, resources, found)


def _colour(space: Any, resources: Any, found: Painted) -> None:
    """Notes a device colour, also one below an index, a separation or a pattern."""
    for _ in range(4):
        if isinstance(space, list):
            kind = str(space[0])
            if kind in ("/Indexed", "/I", "/Pattern") and len(space) > 1:
                space = _value(space[1])
                continue
            if kind in ("/Separation", "/DeviceN") and len(space) > 2:
                space = _value(space[2])
                continue
            space = kind
        defaults = _value(resources.get("/ColorSpace")) or {}
        if isinstance(space, str) and space in _DEVICES and _DEVICES[space] not in defaults:
            found.device_colours = True
        return
