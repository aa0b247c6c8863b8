"""What `invoice verify` found, and the lines of a checked invoice."""

from cowork_cli.output.columns._column import FIGURES, Column, col, money, money_parts, number

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Finding": (
        col("Severity", "severity", keep=8),
        col("Rule", "rule", keep=7),
        col("Message", "message", keep=9),
    ),
    "ShownLine": (
        col("Text", "text", keep=9),
        col("Quantity", "quantity", cell=number, **FIGURES),
        col("Unit", "unit", keep=6),
        col("Price", "price", cell=number, **FIGURES),
        col("Discount", "discount", cell=money, right=True, keep=5),
        col("VAT %", "vat_rate", cell=number, right=True, keep=5),
        col("Net", "net", cell=money, **FIGURES),
        *money_parts(("Discount", "discount"), ("Net", "net")),
    ),
}
