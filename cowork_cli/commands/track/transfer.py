"""Hours from and for other programs."""

from cowork_cli.commands import _track_transfer
from cowork_cli.commands.track._app import app

_track_transfer.register(app)
