"""`cowork people`: whom one met, and what came of it. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.people._app import app

PARTS = {
    "add": "ledger",
    "show": "ledger",
    "find": "ledger",
    "edit": "ledger",
    "log": "ledger",
    "remove": "ledger",
    "forget": "files",
    "intro": "files",
    "import": "files",
    "export": "files",
}

__all__ = ["PARTS", "app"]
