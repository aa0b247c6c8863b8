"""Tariffs: the cheapest mix of what spaces sell, memberships and what is left of them, a lease beside them."""
