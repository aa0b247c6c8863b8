"""What a tax costs that is paid late in Germany (Säumniszuschlag, § 240 AO).

One percent for each month that has begun, of the sum rounded down to a full 50 euro; none where the money came within
three days after the day on which it was due. Read in the text of 2026-08-19; a transfer counts when it is credited (§ 224 AO).
"""

PERCENT = 1
FULL_EURO = 50
DAYS_OF_GRACE = 3
SOURCE = "§ 240 AO, text of 2026-08-19"
