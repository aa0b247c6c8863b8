"""The Typer app of `cowork report`."""

from cowork_cli.commands._verb import new_app

app = new_app()
