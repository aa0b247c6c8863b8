"""The day log: what is known of a day, what is recorded, and what it supports under which rule."""
