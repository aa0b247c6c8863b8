"""`cowork booking`: book, list and cancel desks and rooms. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.booking._app import app

PARTS = {
    "add": "book",
    "list": "book",
    "show": "book",
    "move": "book",
    "cancel": "book",
    "sync": "book",
    "checkin": "book",
    "watch": "watch",
    "calendar": "calendar",
    "export": "files",
    "mail": "files",
    "confirm": "files",
}

__all__ = ["PARTS", "app"]
