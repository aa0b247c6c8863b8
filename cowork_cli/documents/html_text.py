"""Text of others as HTML: escaped, and without the signs that turn or hide what stands beside it."""

import html

from cowork_cli.domain.texts import harmless


def escape(text: str) -> str:
    """`text` for the content of an element or an attribute in quotes."""
    return html.escape(harmless(text))
