"""The one verb of this package."""

from cowork_cli.commands._verb import new_app

app = new_app()
