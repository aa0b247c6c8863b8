"""What `invoice verify` found, and the lines of a checked invoice."""

from cowork_cli.output.columns._column import FIGURES, Column, col, money

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Finding": (
        col("Severity", "severity", keep=8),
        col("Rule", "rule", keep=7),
        col("Message", "message", keep=9),
    ),
    "ShownLine": (
        col("Text", "text", keep=9),
        col("Quantity", "quantity", **FIGURES),
        col("Unit", "unit", keep=6),
        col("Price", "price", **FIGURES),
        col("Discount", "discount", cell=money, right=True, keep=5),
        col("VAT %", "vat_rate", right=True, keep=5),
        col("Net", "net", cell=money, **FIGURES),
    ),
}
