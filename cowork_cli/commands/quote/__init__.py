"""`cowork quote`: what is offered, and what becomes of it. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.quote._app import app

PARTS = {
    "add": "offering",
    "line": "offering",
    "edit": "offering",
    "list": "offering",
    "show": "offering",
    "discard": "offering",
    "send": "answering",
    "accept": "answering",
    "decline": "answering",
    "export": "answering",
}

__all__ = ["PARTS", "app"]
