"""Invoices: drafted, issued, paid, reminded, cancelled, exported, verified."""
