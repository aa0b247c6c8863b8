"""The verbs of `cowork quote`, and what they share."""

from collections.abc import Callable

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app
from cowork_cli.context import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.quote import QuoteDocument

app = new_app()

QuoteArgument = Annotated[
    str, Argument(metavar="NUMBER", help="The number of a quote, or its id (q-1).")
]


def renderer(context: Context) -> "Callable[[QuoteDocument], bytes]":
    """What makes the page of a quote."""
    from cowork_cli.commands.invoice._app import font_of
    from cowork_cli.documents.quote_pdf import render_quote

    font = font_of(context)
    return lambda document: render_quote(document, created=context.now, font=font)
