"""`cowork day`: where the days go. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.day._app import app

PARTS = {
    "log": "log",
    "show": "records",
    "edit": "log",
    "list": "records",
    "remove": "records",
    "reminder": "reminder",
    "place": "places",
    "places": "places",
    "month": "places",
    "book": "book",
}

__all__ = ["PARTS", "app"]
