"""`cowork address`: the addresses you hold. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.address._app import app

PARTS = {
    "plans": "ordering",
    "register": "ordering",
    "add": "holding",
    "list": "holding",
    "show": "holding",
    "edit": "holding",
    "end": "holding",
    "cancel": "holding",
    "remove": "holding",
    "check": "using",
    "onboard": "using",
    "imprint": "using",
    "move": "moving",
}

__all__ = ["PARTS", "app"]
