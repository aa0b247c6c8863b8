"""`cowork invoice`: from hours to an issued invoice. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.invoice._app import app

PARTS = {
    "draft": "drafting",
    "show": "drafting",
    "list": "drafting",
    "discard": "drafting",
    "issue": "issuing",
    "cancel": "issuing",
    "export": "issuing",
    "pay": "payments",
}

__all__ = ["PARTS", "app"]
