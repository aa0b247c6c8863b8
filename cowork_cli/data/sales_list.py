"""The recapitulative statement (Zusammenfassende Meldung, ZM): services to businesses in other EU states.

§ 18a UStG, text of 2026-08-19: services are told by the quarter, by the 25th day after it, the sum of the bases
for each VAT id of a customer; the extension for VAT returns does not move that day. A small business
(§ 19 UStG) files none. Goods, which are told by the month, are not covered here. The file of ELSTER
(`#v3.0`, VAT id, sum in whole euro, `S` for services) is known at second hand, 2026-11; whether a sum
is cut or rounded is open: it is cut here, as the base of Kz 21 is, so that both agree.
"""

SOURCE = "§ 18a UStG, text of 2026-08-19"
DAY_OF_MONTH = 25
VERSION = "#v3.0"
HEAD = ("USt-IdNr.", "Summe", "Art")
SERVICES = "S"
