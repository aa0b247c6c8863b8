"""`cowork track`: record hours. Each part registers its verbs on the one app."""

from cowork_cli.commands import _track_transfer

from cowork_cli.commands.track import timer, records, corrections  # isort: skip - the order of help
from cowork_cli.commands.track._app import app

__all__ = ["app", "corrections", "records", "timer"]

_track_transfer.register(app)
