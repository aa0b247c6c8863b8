"""Bookings: planned, written down, sent, settled."""
