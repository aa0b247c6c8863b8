"""`cowork report`: hours and money, summed up. A part is loaded when one of its verbs is run."""

from cowork_cli.commands.report._app import app

PARTS = {
    "hours": "hours",
    "unbilled": "money",
    "budget": "money",
    "vat": "money",
    "profit": "taxes",
    "zm": "eu",
    "clients": "taxes",
    "asset": "assets",
    "days": "days",
    "places": "places",
    "origin": "origin",
}

__all__ = ["PARTS", "app"]
