"""`cowork mcp`: the verbs as tools of an assistant, over the Model Context Protocol on stdio.

powers      what a verb may do: read, change, spend, or ask the person
tools       a verb as a tool: its schemas, and the words of a call as those of a command line
running     a command line run in this process, for real or on a copy of the home
consent     previews and their tokens, questions to the person
office      what a call does, whatever the protocol
serving     the verb itself, and all that knows the package `mcp`
"""

from cowork_cli.commands.mcp._app import app

__all__ = ["PARTS", "app"]

PARTS = {"mcp": "serving"}
