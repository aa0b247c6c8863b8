"""`cowork track`: record hours. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.track._app import app

PARTS = {
    "start": "timer",
    "stop": "timer",
    "cancel": "timer",
    "resume": "timer",
    "status": "timer",
    "add": "records",
    "list": "records",
    "remove": "records",
    "gaps": "records",
    "edit": "corrections",
    "split": "corrections",
    "join": "corrections",
    "import": "transfer",
    "export": "transfer",
}

__all__ = ["PARTS", "app"]
