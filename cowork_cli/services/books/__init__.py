"""The books: expenses, VAT, turnover, and what the tax adviser gets."""
