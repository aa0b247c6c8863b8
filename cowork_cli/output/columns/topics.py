"""What `help` lists."""

from cowork_cli.output.columns._column import Column, col

COLUMNS: dict[str, tuple[Column, ...]] = {
    "TopicRow": (
        col("", "name", keep=9, style="cyan"),
        col("Meaning", "meaning", keep=8),
        col("More", "detail", keep=4),
    ),
    "ColumnRow": (
        col("Command", "command", keep=9, style="cyan"),
        col("No.", "number", right=True, keep=8),
        col("Column", "column", keep=9),
    ),
    "FieldRow": (
        col("Command", "command", keep=8, style="cyan"),
        col("Field", "field", keep=9),
        col("Type", "type", keep=7),
    ),
}
