"""The form of a postcode in each country, as its post office writes it.

Source: Universal Postal Union, postal addressing systems by country; read 2026-11. A country that
is not here has no form that is checked.
"""

import re

# The form without the letters of the country in front, and one example.
FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    country: (re.compile(form), example)
    for country, form, example in (
        ("AD", r"AD\d{3}", "AD500"),
        ("AT", r"[1-9]\d{3}", "1010"),
        ("AU", r"\d{4}", "2000"),
        ("BE", r"[1-9]\d{3}", "1000"),
        ("BG", r"\d{4}", "1000"),
        ("CA", r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "K1A 0B1"),
        ("CH", r"[1-9]\d{3}", "8001"),
        ("CY", r"\d{4}", "1010"),
        ("CZ", r"\d{3} ?\d{2}", "110 00"),
        ("DE", r"(?!00)\d{5}", "10115"),
        ("DK", r"\d{4}", "1050"),
        ("EE", r"\d{5}", "10111"),
        ("ES", r"\d{5}", "28001"),
        ("FI", r"\d{5}", "00100"),
        ("FR", r"\d{5}", "75001"),
        ("GB", r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0AA)", "SW1A 1AA"),
        ("GR", r"\d{3} ?\d{2}", "105 57"),
        ("HR", r"\d{5}", "10000"),
        ("HU", r"\d{4}", "1011"),
        ("IE", r"(?:[A-Z]\d{2}|D6W) ?[A-Z\d]{4}", "D02 X285"),
        ("IS", r"\d{3}", "101"),
        ("IT", r"\d{5}", "00118"),
        ("LI", r"94(?:8[5-9]|9\d)", "9490"),
        ("LT", r"\d{5}", "01100"),
        ("LU", r"\d{4}", "1009"),
        ("LV", r"\d{4}", "1050"),
        ("MC", r"980\d{2}", "98000"),
        ("MT", r"[A-Z]{3} ?\d{4}", "VLT 1117"),
        ("NL", r"[1-9]\d{3} ?[A-Z]{2}", "1011 AB"),
        ("NO", r"\d{4}", "0150"),
        ("PL", r"\d{2}-\d{3}", "00-001"),
        ("PT", r"\d{4}(?:-\d{3})?", "1000-001"),
        ("RO", r"\d{6}", "010011"),
        ("SE", r"\d{3} ?\d{2}", "111 22"),
        ("SI", r"\d{4}", "1000"),
        ("SK", r"\d{3} ?\d{2}", "811 01"),
        ("US", r"\d{5}(?:-\d{4})?", "10001"),
    )
}
# Letters that are written in front of it, beside those of ISO 3166.
PREFIXES = {"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FR": "F", "IT": "I", "LI": "FL", "LU": "L",
            "NO": "N", "SE": "S", "SI": "SI"}  # fmt: skip
