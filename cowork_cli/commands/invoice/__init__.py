"""`cowork invoice`: from hours to an issued invoice. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.invoice._app import app

PARTS = {
    "draft": "drafting",
    "line": "drafting",
    "prepaid": "drafting",
    "rate": "drafting",
    "show": "drafting",
    "list": "drafting",
    "discard": "drafting",
    "issue": "issuing",
    "cancel": "issuing",
    "export": "issuing",
    "pay": "payments",
    "verify": "checking",
    "remind": "letters",
    "mail": "letters",
    "plan add": "plans",
    "plan list": "plans",
    "plan show": "plans",
    "plan edit": "plans",
    "plan remove": "plans",
    "plan run": "plans",
}

__all__ = ["PARTS", "app"]
