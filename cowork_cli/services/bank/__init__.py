"""The bank: statements taken in, each booking once, and what every booking pays."""
