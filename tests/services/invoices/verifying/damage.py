"""One element of a document damaged: taken away, put in twice, swapped, renamed, said otherwise."""

import random
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

KINDS = ("delete", "duplicate", "another", "swap", "rename", "empty", "change", "attribute")


@dataclass(frozen=True)
class Damage:
    """A damaged document, and what was done to it."""

    kind: str
    element: str
    xml: bytes

    def __str__(self) -> str:
        return f"{self.kind} {self.element}"


def damaged(xml: bytes, number: int, seed: int) -> Iterator[Damage]:
    """`number` different ways to damage `xml`, the same for the same seed."""
    root = etree.fromstring(xml)
    places = [root.getroottree().getpath(node) for node in root.iter(etree.Element)][1:]
    choices = [(place, kind) for place in places for kind in KINDS]
    random.Random(seed).shuffle(choices)
    count = 0
    for place, kind in choices:
        if count == number:
            return
        tree = etree.fromstring(xml)
        [node] = tree.getroottree().xpath(place, namespaces=_spaces(tree))
        name = etree.QName(node).localname
        above = etree.QName(node.getparent()).localname
        if _break(node, kind, seed + count):
            count += 1
            yield Damage(kind, f"{above}/{name}", etree.tostring(tree, encoding="UTF-8"))


def _spaces(tree: Any) -> dict[str, str]:
    return {prefix: uri for node in tree.iter() for prefix, uri in node.nsmap.items() if prefix}


def _break(node: Any, kind: str, seed: int) -> bool:
    """Does it in place; False where it cannot be done."""
    leaf = len(node) == 0
    if kind == "delete":
        node.getparent().remove(node)
    elif kind == "duplicate":
        node.addnext(deepcopy(node))
    elif kind == "another" and leaf:
        twin = deepcopy(node)
        twin.text = _other(node.text or "", seed)
        node.addnext(twin)
    elif kind == "swap" and node.getnext() is not None and node.getnext().tag != node.tag:
        node.getnext().addnext(node)
    elif kind == "rename":
        node.tag = f"{node.tag}X"
    elif kind == "empty" and leaf:
        node.text = None
    elif kind == "change" and leaf:
        node.text = _other(node.text or "", seed)
    elif kind == "attribute" and node.attrib:
        name = sorted(node.attrib)[seed % len(node.attrib)]
        if seed % 2:
            del node.attrib[name]
        else:
            node.attrib[name] = "zz9"
    else:
        return False
    return True


def _other(text: str, seed: int) -> str:
    """Another value of the same look, or one that is none."""
    if re.fullmatch(r"\d{8}", text):
        return ("20261331", "20261015", "2026-11-01")[seed % 3]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ("2026-13-31", "2026-10-15", "15.10.2026")[seed % 3]
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return (f"{float(text) + 1:.2f}", f"-{text}", "1,50", f"{text}0001", "7")[seed % 5]
    if text in ("true", "false"):
        return ("false" if text == "true" else "true", "1", "maybe")[seed % 3]
    if re.fullmatch(r"[A-Z]{1,3}", text):
        return ("XX", "QQQ", text.lower(), "DE", "E")[seed % 5]
    return ("other", "", f" {text}x")[seed % 3]
