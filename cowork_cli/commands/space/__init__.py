"""`cowork space`: find spaces, keep your own directory of them. A part is loaded for its verbs."""

from cowork_cli.commands.space._app import app

PARTS = {
    "search": "search",
    "sync": "sync",
    "show": "pages",
    "map": "map",
    "visit": "visits",
    "compare": "pages",
    "add": "directory",
    "edit": "directory",
    "remove": "directory",
    "import": "files",
    "export": "files",
}

__all__ = ["PARTS", "app"]
