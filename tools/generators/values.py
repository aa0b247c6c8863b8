"""What TAB offers for the value of an option or an argument: the one table of these decisions.

A decision is one short word, the same in all four shells:

    -       a flag: no value
    .       a value that nobody can guess
    f, d    a file, a folder
    =LIST   one of the words of a list below
    @KIND   a name of your own, asked of `cowork _names KIND`; several kinds with commas
    A+B     both
"""

from collections.abc import Mapping

from cowork_cli.app import NOUNS
from cowork_cli.commands.completion import SHELLS
from cowork_cli.commands.topics import TOPICS
from cowork_cli.config import SETTINGS
from cowork_cli.data import commute, eur_lines, moving, tax, travel
from cowork_cli.data.countries import COUNTRIES
from cowork_cli.data.currencies import CURRENCIES
from cowork_cli.documents import imprint
from cowork_cli.domain import (
    address,
    booking,
    client,
    day,
    event,
    invoice,
    invoice_plan,
    jobs,
    membership,
    money,
    notice,
    people,
    plan,
    post,
    quote,
    space,
    visit,
)
from cowork_cli.domain.place import LANDS
from cowork_cli.domain.standing import WEEK
from cowork_cli.importers import MODULES, bank
from cowork_cli.output.render import FORMS
from cowork_cli.providers.registry import PROVIDERS
from cowork_cli.services.addresses import holding
from cowork_cli.services.books import books
from cowork_cli.services.calendar import holidays
from cowork_cli.services.clients import clients
from cowork_cli.services.hours import exporting as hours_export
from cowork_cli.services.hours import reports
from cowork_cli.services.invoices import drafts, exporting
from cowork_cli.services.needs import feedback, profile_text, survey
from cowork_cli.services.spaces import exporting as space_export

FLAG = "-"
ANYTHING = "."
FILE = "f"
FOLDER = "d"
ACCOUNT = "=account+@account"
ENTRY = "@entry"


def _plain(words: "tuple[str, ...] | Mapping[str, object]") -> dict[str, str]:
    return dict.fromkeys(words, "")


LISTS: dict[str, dict[str, str]] = {
    "talk": _plain(people.TALKS),
    "people-format": _plain(people.FORMATS),
    "split": _plain(jobs.SPLITS),
    "feedback-state": _plain(feedback.STATES),
    "survey": _plain(survey.TEMPLATES),
    "survey-mode": _plain(survey.MODES),
    "length": _plain(profile_text.LENGTHS),
    "quote-state": _plain(quote.STATES),
    "quote-choice": _plain((*quote.CHOICES, "none")),
    "quote-format": _plain(("pdf", "html", "json")),
    "invoice-every": _plain(invoice_plan.MONTHS),
    "form": _plain(FORMS),
    "recent-day": _plain(("today", "yesterday")),
    "log-place": _plain(("home", "travel")),
    "log-kind": _plain(day.KINDS),
    "way-mode": _plain(commute.MODES),
    "other-workplace": _plain(day.OTHER_WORKPLACE),
    "yes-no-unknown": _plain(("yes", "no", "unknown")),
    "day-figure": {
        "home": "home-office days",
        "ways-a": "ways, as first place of work",
        "ways-b": "ways, as travel",
        "meals": "meal allowance",
    },
    "shell": _plain(SHELLS),
    "topic": dict(TOPICS),
    "setting": {
        row.name: row.help for row in SETTINGS if "*" not in row.name and row.name != "store.id"
    },
    "provider": {row.name: row.title for row in PROVIDERS},
    "account": {row.name: row.title for row in PROVIDERS if row.built_in},
    "report-key": _plain(reports.KEYS),
    "group": _plain(drafts.GROUPS),
    "space-kind": _plain(space.KINDS),
    "desk-kind": _plain(space.DESK_KINDS),
    "plan-kind": _plain(plan.PLAN_KINDS),
    "plan-period": _plain(plan.PERIODS),
    "counts-from": _plain(plan.COUNTS_FROM),
    "yes-no": _plain(("yes", "no", "unknown")),
    "price-tax": _plain(("net", "gross")),
    "included": _plain(membership.KINDS),
    "event-kind": _plain(event.EVENT_KINDS),
    "mode": _plain(tuple(travel.SPEEDS)),
    "noise": _plain(visit.NOISE),
    "grade": _plain(visit.GRADES),
    "sockets": _plain(visit.SOCKETS),
    "amenity": _plain(space.AMENITIES),
    "client-type": _plain(client.CLIENT_TYPES),
    "tax": _plain(clients.TAXES),
    "language": {"de": "German", "en": "English"},
    "per": _plain(("hour", "day", "month")),
    "sort": _plain(("distance", "price", "name")),
    "land": dict(LANDS),
    "country": {code: name for code, name in COUNTRIES.items() if code != "DE"},
    "booking-state": _plain(booking.STATES),
    "unit": _plain(invoice.UNITS),
    "vat": _plain(tax.RATES),
    "level": _plain(("1", "2", "3")),
    "invoice-format": _plain(exporting.FORMATS),
    "space-format": _plain(space_export.FORMATS),
    "basis": {"issued": "by invoice", "paid": "by payment"},
    "vat-basis": {
        "issued": "by invoice",
        "performed": "by the end of the work",
        "paid": "by payment",
    },
    "write-off": {
        "at-once": "up to 800 euro",
        "pool": "above 250 to 1,000 euro, five years",
        "linear": "the same each year",
        "declining": "a percentage of what is left",
    },
    "books-format": _plain(books.FORMATS),
    "bank-format": _plain(bank.FORMATS),
    "category": {name: row[0] for name, row in eur_lines.CATEGORIES.items()},
    "renews": {
        "none": "ends with its term",
        "same": "by the same length",
        "month": "by a month",
    },
    "use": _plain(address.USES),
    "dossier": dict(holding.ITEMS),
    "imprint-format": _plain(imprint.FORMATS),
    "move-row": {code: row.whom for code, row in moving.ROWS.items()},
    "address-state": _plain(("requested", "checking", "active")),
    "notice-form": _plain(notice.FORMS),
    "contract-per": _plain(money.PER),
    "post-kind": _plain(post.KINDS),
    "post-state": _plain(tuple(word for word in post.STATES if word not in post.DONE)),
    "post-done": _plain(post.DONE),
    "deadline-done": _plain(("met", "waived")),
    "parish": _plain(holidays.PARISHES),
    "fallback": {"any": "any desk of the space"},
    "any-country": dict(COUNTRIES),
    "currency": _plain(tuple(sorted(CURRENCIES))),
    "day": _plain(("today", "tomorrow", "yesterday", *WEEK)),
    "weekdays": _plain(("mon-fri", *WEEK)),
    "import-format": _plain(MODULES),
    "export-format": _plain(hours_export.FORMATS),
    "clock-change": _plain(("first", "second")),
    "noun": dict(NOUNS),
    "euro": {"EUR": ""},
}

# By option; `NOUN --option` and `NOUN VERB --option` win over the option alone.
OPTIONS: dict[str, str] = {
    "day place --kind": "=log-kind",
    "day --mode": "=way-mode",
    "day --at": "=log-place+@space",
    "day --instead-of": "=log-place+@space",
    "day --first-place": "=yes-no-unknown",
    "day --lasting": "=yes-no-unknown",
    "day month --other-workplace": "=other-workplace",
    "--account": ACCOUNT,
    "--amenity": "=amenity",
    "--basis": "=basis",
    "report vat --basis": "=vat-basis",
    "report asset --method": "=write-off",
    "--category": "=category",
    "--clock-change": "=clock-change",
    "--country": "=any-country",
    "--currency": "=currency",
    "--booking": "@booking",
    "--by": "=report-key",
    "--client": "@client",
    "--fallback": "=fallback",
    "--group": "=group",
    "--language": "=language",
    "--land": "=land",
    "--skip-holidays": "=land",
    "--near": "@place",
    "--on": "=day",
    "--open-on": "=day",
    "--until": "=day",
    "--every": "=weekdays",
    "--per": "=per",
    "--project": "@project",
    "--quote": "@quote",
    "--provider": "=provider",
    "--sort": "=sort",
    "--space": "@space",
    "--plan": "@plan",
    "--contract": "@contract",
    "event --kind": "=event-kind",
    "tour --mode": "=mode",
    "tour --start": "@place",
    "plan --period": "=plan-period",
    "plan --counts-from": "=counts-from",
    "plan --excludes-holidays": "=yes-no",
    "plan --stackable": "=yes-no",
    "plan --seat": "=yes-no",
    "plan --team-only": "=yes-no",
    "plan optimise --tax": "=price-tax",
    "compare lease --tax": "=price-tax",
    "plan optimise --skip-holidays": FLAG,
    "--tax": "=tax",
    "--person": "@people",
    "--lead": "@people",
    "--paid": "@people",
    "people log --to": "@people",
    "people export --format": "=people-format",
    "job hours --from": "@people",
    "job hours --format": "=import-format",
    "job settle --from": "@people",
    "job settle --received": FILE,
    "job open --split": "=split",
    "team --member": "@team",
    "team --person": "@people",
    "track import --person": ANYTHING,
    "day --person": "@person",
    "track --person": "@person",
    "report --person": "@person",
    "booking --person": "@person",
    "history --person": "@person",
    "feedback --state": "=feedback-state",
    "survey --template": "=survey",
    "survey --mode": "=survey-mode",
    "profile --length": "=length",
    "booking move --desk": "@desk",
    "expense --vat": "=vat",
    "invoice rate --to": "=euro",
    "mcp --only": "=noun",
    "track import --format": "=import-format",
    "track export --format": "=export-format",
    "track --tag": "@tag",
    "track --no-tag": "@tag",
    "track --place": "@workplace",
    "--type": "=client-type",
    "space --kind": "=space-kind",
    "space show --from": "@place",
    "space compare --from": "@place",
    "desk --kind": "=desk-kind",
    "plan --kind": "=plan-kind",
    "space visit --noise": "=noise",
    "space visit --chair": "=grade",
    "space visit --daylight": "=grade",
    "space visit --sockets": "=sockets",
    "booking --state": "=booking-state",
    "books export --format": "=books-format",
    "expense --bank": "@bank",
    "bank import --account": ANYTHING,
    "bank import --format": "=bank-format",
    "bank match --invoice": "@invoice",
    "expense --category": "=category",
    "invoice draft --replaces": "@invoice",
    "invoice --unit": "=unit",
    "invoice --vat": "=vat",
    "invoice --every": "=invoice-every",
    "quote --unit": "=unit",
    "quote --vat": "=vat",
    "quote --state": "=quote-state",
    "quote --choice": "=quote-choice",
    "quote export --format": "=quote-format",
    "invoice prepaid --invoice": "@invoice",
    "invoice remind --level": "=level",
    "invoice export --format": "=invoice-format",
    "space export --format": "=space-format",
    "--address": "@address",
    "--lang": "=language",
    "address check --use": "=use",
    "address onboard --done": "=dossier",
    "address imprint --format": "=imprint-format",
    "address move --from": "@address",
    "address move --to": "@address",
    "address move --done": "=move-row",
    "address move --letter": "=move-row",
    "address edit --state": "=address-state",
    "contract --renews": "=renews",
    "contract --form": "=notice-form",
    "contract --per": "=contract-per",
    "post --kind": "=post-kind",
    "post --parish": "=parish",
    "post edit --state": "=post-state",
    "post done --as": "=post-done",
    "post done --deadline": "=deadline-done",
    "history --of": "@client,project,booking,invoice,draft,quote,recurring,address,space,plan,visit,entry,expense,contract,post,absence,membership,event,people,job,team,feedback",
}

# By command and the name of the argument in the code. Every argument is decided here, but FILE and
# DIR, which say it themselves.
ARGUMENTS: dict[str, dict[str, str]] = {
    "space search": {"where": "@space,place"},
    "space show": {"ref": "@space"},
    "space map": {"where": "@space,place"},
    "space compare": {"refs": "@space"},
    "space visit": {"ref": "@space,visit"},
    "space add": {"name": ANYTHING},
    "space edit": {"ref": "@space"},
    "space remove": {"ref": "@space"},
    "plan list": {"space": "@space"},
    "plan add": {"space": "@space", "name": ANYTHING},
    "plan edit": {"plan": "@plan"},
    "plan remove": {"plan": "@plan"},
    "plan optimise": {"spaces": "@space"},
    "compare lease": {"spaces": "@space"},
    "tour plan": {"spaces": "@space"},
    "membership list": {"space": "@space"},
    "membership add": {"space": "@space", "name": ANYTHING},
    "membership use": {"membership": "@membership", "what": "=included", "amount": ANYTHING},
    **{f"membership {verb}": {"membership": "@membership"} for verb in ("edit", "remove")},
    "event add": {"name": ANYTHING},
    **{f"event {verb}": {"event": "@event"} for verb in ("edit", "remove")},
    "event import": {"file": FILE},
    "desk list": {"space": "@space"},
    "desk add": {"space": "@space", "name": ANYTHING},
    "desk edit": {"desk": "@desk"},
    "desk remove": {"desk": "@desk"},
    "desk free": {"things": "@space,desk"},
    "booking add": {"desks": "@desk"},
    "booking watch": {"desks": "@desk"},
    "booking show": {"booking": "@booking"},
    "booking cancel": {"bookings": "@booking"},
    "booking move": {"booking": "@booking"},
    "booking checkin": {"booking": "@booking"},
    "booking mail": {"booking": "@booking"},
    "booking confirm": {"booking": "@booking"},
    "standing add": {"name": ANYTHING, "desks": "@desk"},
    **{
        f"standing {verb}": {"name": "@standing"}
        for verb in ("show", "edit", "remove", "pause", "resume")
    },
    "absence add": {"days": ANYTHING},
    **{f"day {verb}": {"day": "=recent-day"} for verb in ("log", "show", "edit", "remove")},
    "day place": {"name": "=log-place+@space"},
    "day month": {"period": ANYTHING},
    "day book": {"figure": "=day-figure"},
    "trial start": {"name": ANYTHING},
    "trial stop": {"name": ANYTHING},
    "absence edit": {"absence": "@absence"},
    "absence remove": {"absence": "@absence"},
    "address add": {"name": ANYTHING},
    **{
        f"address {verb}": {"address": "@address"}
        for verb in (
            "show",
            "edit",
            "end",
            "cancel",
            "remove",
            "check",
            "onboard",
            "imprint",
        )
    },
    "address register": {"plan": "@plan"},
    "contract add": {"name": ANYTHING},
    **{
        f"contract {verb}": {"contract": "@contract"}
        for verb in ("show", "letter", "cancel", "edit", "remove")
    },
    **{f"post {verb}": {"piece": "@post"} for verb in ("show", "done", "edit", "remove")},
    "people add": {"name": ANYTHING},
    "people find": {"words": ANYTHING},
    "people log": {"person": "@people", "kind": "=talk", "text": ANYTHING},
    "people intro": {"first": "@people", "second": "@people"},
    "people export": {"people": "@people"},
    "people import": {"file": FILE},
    **{f"people {verb}": {"person": "@people"} for verb in ("show", "edit", "remove", "forget")},
    "job open": {"name": ANYTHING},
    "job hours": {"job": "@job", "file": FILE},
    **{f"job {verb}": {"job": "@job"} for verb in ("show", "settle", "close")},
    "team add": {"name": ANYTHING},
    "team edit": {"member": "@team"},
    "team remove": {"member": "@team"},
    "feedback add": {"space": "@space", "text": ANYTHING},
    **{f"feedback {verb}": {"feedback": "@feedback"} for verb in ("mail", "edit", "remove")},
    "account show": {"name": ACCOUNT},
    "account add": {"name": ANYTHING},
    "account edit": {"name": ACCOUNT},
    "account remove": {"name": ACCOUNT},
    "account check": {"name": ACCOUNT},
    "account login": {"name": ACCOUNT},
    "account logout": {"name": ACCOUNT},
    "place find": {"query": "@place"},
    "place update": {"country": "=country"},
    "client add": {"client": ANYTHING},
    "client edit": {"client": "@client"},
    "client import": {"file": FILE},
    "client show": {"client": "@client"},
    "client archive": {"client": "@client"},
    "project add": {"project": "@client"},
    "project edit": {"project": "@project"},
    "project show": {"project": "@project"},
    "project archive": {"project": "@project"},
    "track start": {"project": "@project", "note": ANYTHING},
    "track resume": {"entry": ENTRY},
    "track add": {"project": "@project", "words": ANYTHING},
    "track edit": {"entry": ENTRY},
    "track split": {"entry": ENTRY},
    "track join": {"first": ENTRY, "second": ENTRY},
    "track remove": {"entry": ENTRY},
    "invoice draft": {"client": "@client"},
    "invoice line": {"draft": "@draft"},
    "invoice prepaid": {"draft": "@draft"},
    "invoice rate": {"draft": "@draft", "rate": ANYTHING},
    "invoice remind": {"invoice": "@invoice"},
    "invoice mail": {"invoice": "@invoice"},
    "invoice issue": {"draft": "@draft"},
    "invoice show": {"invoice": "@draft,invoice"},
    "invoice discard": {"draft": "@draft"},
    "invoice cancel": {"invoice": "@invoice"},
    "invoice pay": {"invoice": "@invoice", "received": ANYTHING},
    "invoice export": {"invoice": "@invoice"},
    "invoice verify": {"invoice": FILE},
    "invoice plan add": {"client": "@client"},
    **{
        f"invoice plan {verb}": {"plan": "@recurring"} for verb in ("show", "edit", "remove", "run")
    },
    "quote add": {"client": "@client"},
    **{
        f"quote {verb}": {"quote": "@quote"}
        for verb in ("line", "edit", "show", "discard", "send", "accept", "decline", "export")
    },
    "expense edit": {"expense": "@expense"},
    "expense show": {"expense": "@expense"},
    "expense remove": {"expense": "@expense"},
    "bank match": {"booking": "@bank"},
    **{f"bank {verb}": {"booking": "@bank"} for verb in ("show", "ignore", "unmatch")},
    "config get": {"name": "=setting"},
    "config set": {"name": "=setting", "value": ANYTHING},
    "config unset": {"name": "=setting"},
    "completion show": {"shell": "=shell"},
    "completion install": {"shell": "=shell"},
    "data restore": {"file": "@backup+f"},
    "data grant": {"role": ANYTHING},
    "data owner": {"name": "@person"},
    "data settle": {"change": ANYTHING},
    "report asset": {"prices": ANYTHING},
    "undo": {"count": ANYTHING},
    "prompt": {"form": ANYTHING},
    "help": {"words": "=topic"},
}


def of_option(path: tuple[str, ...], names: tuple[str, ...], metavar: str) -> str:
    """What TAB offers for the value of an option."""
    for name in names:
        for key in (f"{' '.join(path)} {name}", f"{path[0]} {name}", name):
            if key in OPTIONS:
                return OPTIONS[key]
    return _of_metavar(metavar) or ANYTHING


def of_argument(path: tuple[str, ...], name: str, metavar: str, *, partial: bool = False) -> str:
    """What TAB offers for an argument. Raises LookupError where nobody has decided it."""
    decided = ARGUMENTS.get(" ".join(path), {}).get(name) or _of_metavar(metavar)
    if decided is None and not partial:
        raise LookupError(
            f"decide in ARGUMENTS of tools/generators/values.py what TAB offers for {name} "
            f"of `{' '.join(path)}`"
        )
    return decided or ANYTHING


def _of_metavar(metavar: str) -> str | None:
    """FILE and DIR mean what they say."""
    if metavar.startswith("DIR"):
        return FOLDER
    return FILE if metavar.startswith("FILE") else None
