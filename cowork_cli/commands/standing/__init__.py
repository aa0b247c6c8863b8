"""`cowork standing`: desks booked on the same days of every week. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.standing._app import app

PARTS = {
    "add": "giving",
    "list": "giving",
    "show": "giving",
    "edit": "giving",
    "remove": "giving",
    "pause": "giving",
    "resume": "giving",
    "run": "running",
    "install": "installing",
}

__all__ = ["PARTS", "app"]
