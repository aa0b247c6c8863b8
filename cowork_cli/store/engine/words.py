"""What the records of each table are called, and what their short ids begin with."""

WORDS = {
    "spaces": "space",
    "desks": "desk",
    "bookings": "booking",
    "addresses": "address",
    "clients": "client",
    "projects": "project",
    "rates": "rate",
    "entries": "entry",
    "invoices": "invoice",
    "invoice_lines": "invoice line",
    "invoice_entries": "hours of an invoice",
    "payments": "payment",
    "invoice_prepayments": "prepayment",
    "reminders": "reminder",
    "local_bookings": "place in the local book",
    "expenses": "expense",
    "invoice_expenses": "expense of an invoice",
    "contracts": "contract",
    "posts": "letter",
    "absences": "absence",
    "standing_orders": "standing order",
}
ID_PREFIX = {
    "bookings": "b-",
    "addresses": "a-",
    "entries": "e-",
    "expenses": "x-",
    "invoices": "draft-",
    "contracts": "c-",
    "posts": "p-",
}
