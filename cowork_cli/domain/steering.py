"""Signs that steer what shows a text: they end a line, move the cursor or turn the order of what is read."""

TURNING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""What turns the order in which a line is read (Unicode TR 36, 2.9.3), as between a pattern's brackets."""
BREAKING = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
"""What ends a line or moves the cursor, in the same way."""
