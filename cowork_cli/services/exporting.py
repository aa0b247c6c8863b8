"""An issued invoice as bytes for others. What was issued is handed out, never made again."""

from datetime import date

from cowork_cli.errors import BadInput, Conflict
from cowork_cli.services.drafts import find_invoice
from cowork_cli.store import invoices
from cowork_cli.store.store import Store

FORMATS = ("pdf", "json")


def exported(store: Store, number: str, form: str, today: date) -> bytes:
    """The document of an issued invoice. Raises BadInput, NotFound, Conflict for a draft."""
    if form not in FORMATS:
        raise BadInput(f'cannot export as "{form}"', f"choose one of {', '.join(FORMATS)}")
    invoice_id, found = find_invoice(store, number, today)
    if found.state == "draft":
        raise Conflict(
            f"{found.id} is a draft", f"look at it with `cowork invoice issue {found.id} --dry-run`"
        )
    if form == "json":
        return invoices.document(store, invoice_id).encode()
    return invoices.files(store, invoice_id)[0][1]
