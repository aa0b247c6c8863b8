"""What the column for the state of a row says: booked, still to come, or never done.

Of a bank that is not known a word that nobody knows is a question: a booking that is still to come would come twice.
"""

import re
from functools import lru_cache

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank.csv_guesses import loose
from cowork_cli.importers.bank.layouts import PENDING, UNDONE

_PENDING = re.compile(
    r"vorgemerkt|vormerk|pending|unbooked|unposted|(?:nicht|not|un) ?(?:ge|ver)?(?:bucht|booked|posted)|ausstehend"
    r"|in bearbeitung|in ausfuehrung|reserv|authori[sz]|autorisi|processing|in progress|geplant|scheduled|planned"
    r"|angekuendigt|terminiert|zukuenftig|upcoming|wartend|waiting|^offen$|^open$|^created$|^initiated$"
)
_UNDONE = re.compile(
    r"declin|cancel|revert|fail|abgelehnt|storniert|abgebrochen|fehlgeschlagen|reject|zurueckgewiesen|expired|abgelaufen"
    r"|denied|void"
)
_DONE = re.compile(
    r"bucht|book|complet|post|settle|clear|done|final|execut|process|abgeschlossen|ausgefuehrt|erledigt|erfolg|success"
    r"|berechnet|bezahlt|paid|^ok|abgerechnet|wertgestellt|beglichen|eingegangen|bestaetigt|confirm|transfer|received"
    r"|return|rueck|verarbeitet|umsatz|kredit|debit|^c$|^b$|^g$|^1$"
)
_TO_COME = re.compile(r"vorgemerkt|pending|vormerkung")  # a heading that asks yes or no
_BOOKED = re.compile(r"(?:ge|ver)bucht|booked")
_YES = ("ja", "yes", "y", "j", "true", "wahr", "x", "1")
_NO = ("nein", "no", "n", "false", "falsch", "0")


@lru_cache(maxsize=256)
def left_out(heading: str, word: str, *, known: bool) -> str | None:
    """Why a row of that state is no booking, None for one; `known`: the bank is, and its words.

    Raises BadInput for a word of another bank that nobody knows.
    """
    if word in PENDING:
        return "pending"
    if word in UNDONE:
        return word
    if known or not word:
        return None
    asked, said = loose(heading), loose(word)
    if _TO_COME.fullmatch(asked) and said in (*_YES, *_NO):
        return "pending" if said in _YES else None
    if _BOOKED.fullmatch(asked) and said in (*_YES, *_NO):
        return "pending" if said in _NO else None
    if _PENDING.search(said):
        return "pending"
    if _UNDONE.search(said):
        return word
    if _DONE.search(said) or asked == "info":
        return None
    raise BadInput(
        f'whether "{word[:30]}" in the column "{heading}" is booked or still to come is not known',
        f'nothing was taken; if it is booked: `--map "done={word[:30]}"`; `--map status=-` takes rows of every state',
    )
