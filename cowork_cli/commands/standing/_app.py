"""The verbs of `cowork standing`."""

from cowork_cli.commands._verb import new_app

app = new_app()
