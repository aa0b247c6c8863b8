"""When a self-employed person with one client may have to pay into the public pension insurance.

§ 2 no. 9 SGB VI, text of 2026-08-19: who employs nobody who is insured, and works lastingly and essentially for one client only. In
practice five sixths of the income from one client count as essential; firms of a group are one; a
single project below a year is not lasting (secondary sources, 2026-11). Only the share is told here.
"""

SHARE = (5, 6)
RULE = "§ 2 no. 9 SGB VI, text of 2026-08-19; five sixths in practice, second hand, 2026-11"
MEANING = (
    "from five sixths of the income on, practice takes it as one client only; whether that is a duty to "
    "insure depends on more: employees, how long, firms of a group"
)
