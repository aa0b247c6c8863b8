"""`cowork init`: who you are, asked step by step on a terminal, or given as options."""

from contextlib import suppress

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.config import Value
from cowork_cli.context import Context
from cowork_cli.errors import BadInput, EndOfInput, UsageError
from cowork_cli.output.result import Result
from cowork_cli.services.home import profile, settings
from cowork_cli.services.home.profile import QUESTIONS, UNASKED, Profile, Question

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.home.whereabouts import Doubt

app = new_app()
_TAKE_OUT, _BACK = "-", "<"


def _option(name: str, meaning: str) -> object:
    return Option(name, help=meaning, show_default=False)


@verb(app, "init", data=Profile, short="cowork init --name 'Erika Muster' --city Berlin")
def init(
    context: Context,
    name: Annotated[str | None, _option("--name", "Your first and last name.")] = None,
    company: Annotated[str | None, _option("--company", "Your business name.")] = None,
    street: Annotated[str | None, _option("--street", "Street and number.")] = None,
    postcode: Annotated[str | None, _option("--postcode", "Postcode.")] = None,
    city: Annotated[str | None, _option("--city", "City.")] = None,
    country: Annotated[str | None, _option("--country", "Country, two letters.")] = None,
    email: Annotated[str | None, _option("--email", "E-mail address on invoices.")] = None,
    phone: Annotated[str | None, _option("--phone", "Telephone number on invoices.")] = None,
    tax_number: Annotated[str | None, _option("--tax-number", "Steuernummer.")] = None,
    vat_id: Annotated[str | None, _option("--vat-id", "USt-IdNr.")] = None,
    iban: Annotated[str | None, _option("--iban", "Account to be paid on.")] = None,
    bic: Annotated[str | None, _option("--bic", "BIC of the account.")] = None,
    small_business: Annotated[
        bool | None,
        _option("--small-business/--no-small-business", "Exempt from VAT under § 19 UStG."),
    ] = None,
    timezone: Annotated[str | None, _option("--timezone", "IANA zone you live in.")] = None,
    land: Annotated[str | None, _option("--land", "Your Land: BE, Bayern, …")] = None,
    contact: Annotated[
        str | None, _option("--contact", "Sent to open-data services, as their rules ask.")
    ] = None,
    online: Annotated[
        bool | None,
        _option("--online/--no-online", "Whether a search asks directories on the web."),
    ] = None,
) -> Result:
    """Set up who you are. On a terminal you are asked; run again it changes only what is given.

    An empty value takes out what was set.
    """
    given = {
        "seller.name": name, "seller.company": company, "seller.street": street,
        "seller.postcode": postcode, "seller.city": city, "seller.country": country,
        "seller.email": email, "seller.phone": phone, "seller.tax_number": tax_number,
        "seller.vat_id": vat_id, "seller.iban": iban, "seller.bic": bic,
        "seller.small_business": None if small_business is None else str(small_business).lower(),
        "timezone": timezone, "land": land, "contact": contact,
    }  # fmt: skip
    texts = {setting: text for setting, text in given.items() if text is not None}
    if not texts and online is None:
        if context.interactive:
            texts, online = _asked(context)
        else:
            texts = _nothing(context)
    profile.check(context.config, texts)
    before = {name: context.config.get(name) for name in texts}
    _ = context.store  # made now, so that the home is whole; and before anything else is written
    profile.write(context.config, texts)
    if online is not None:
        profile.switch_online(context.config, on=online)
    return _result(context, before, changed=bool(texts) or online is not None)


def _nothing(context: Context) -> dict[str, str]:
    """Nobody to ask and nothing given: fine only where there is somebody already."""
    if context.config.text("seller.name") is None:
        raise UsageError(
            "nothing was given and nobody can be asked: `--name` is missing",
            "give at least `cowork init --name 'Erika Muster'`; the rest is in `cowork init --help`",
        )
    return {}


def _result(context: Context, before: dict[str, Value | None], *, changed: bool) -> Result:
    vars(context).pop("zone", None)  # it may just have been set
    data = profile.profile(context.config, context.zone.key)
    notes = [] if changed else ["nothing was given, nothing was changed"]
    notes += _doubts(context, before)
    replaced = [
        name for name, value in before.items() if value not in (None, context.config.get(name))
    ]
    notes += settings.ways_back(
        {name: value for name, value in before.items() if value is not None and name in replaced}
    )
    if data.missing:
        notes.append(
            f"an invoice still needs {', '.join(data.missing)}: give them to `cowork init`"
        )
    else:
        notes.append("Next: `cowork client add acme --name 'ACME GmbH' --rate 95`.")
    notes.append("Find a desk with `cowork search PLACE`, see everything with `cowork help`.")
    return Result(data, notes=notes, title="You are set up" if changed else "Your profile")


def _doubts(context: Context, given: dict[str, Value | None]) -> list[str]:
    """What does not fit together of an address that was given now."""
    if not {"seller.postcode", "seller.city", "seller.country", "land"} & set(given):
        return []
    from cowork_cli.services.home.whereabouts import doubts

    text = context.config.text
    found = doubts(
        text("seller.postcode"), text("seller.city"), text("land"), text("seller.country") or "DE"
    )
    return [f"{sentence}, as the gazetteer has it: is that right?" for sentence in found]


# ---- guided


def _asked(context: Context) -> tuple[dict[str, str], bool | None]:
    """One question after another, and back. Nothing is written before the last one is answered."""
    context.note(
        "Welcome. A few questions; Enter keeps what stands in brackets or skips, "
        f"`{_TAKE_OUT}` takes a value out, `{_BACK}` goes back to the question before, "
        "Ctrl-C leaves everything as it is."
    )
    texts: dict[str, str] = {}
    asked = [question for question in QUESTIONS if question.option not in UNASKED]
    number = 0
    while number < len(asked):
        question = asked[number]
        try:
            answer = _answer(context, question, _default(context, question, texts))
        except _GoBack:
            number = max(0, number - 1)
            continue
        except EndOfInput:
            if question.option != "--contact":
                raise
            return texts, None  # who typed all that an invoice needs may stop here
        if answer is not None:
            texts[question.setting] = answer
        else:
            texts.pop(question.setting, None)
        number += 1
        if question.option == "--country" and _another_postcode(context, texts):
            number = next(at for at, one in enumerate(asked) if one.option == "--postcode")
        if question.option == "--land":
            _another_land(context, texts)
    online = None
    with suppress(EndOfInput):
        online = _online(context)
    return texts, online


class _GoBack(Exception):
    """The person wants the question before."""


def _value(context: Context, texts: dict[str, str], setting: str) -> str | None:
    """What holds for a setting while questions are still answered."""
    return texts[setting] or None if setting in texts else context.config.text(setting)


def _place(context: Context, texts: dict[str, str]) -> tuple[str | None, str | None, str]:
    """Postcode, town and country as they stand."""
    country = _value(context, texts, "seller.country") or "DE"
    postcode, city = (_value(context, texts, f"seller.{part}") for part in ("postcode", "city"))
    return postcode, city, country


def _another_postcode(context: Context, texts: dict[str, str]) -> bool:
    """Asks where postcode and town do not fit; puts the answer into `texts`. True: ask for both again."""
    from cowork_cli.services.home.whereabouts import town_doubt

    postcode, city, country = _place(context, texts)
    doubt = town_doubt(postcode, city, country)
    if doubt is None:
        return False
    town = doubt.places[0].name
    chosen = _chosen(
        context, doubt, [f"{postcode} {town}", "type both again", f"keep {postcode} {city}"]
    )
    if chosen == 0:
        texts["seller.city"] = town
    return chosen == 1


def _another_land(context: Context, texts: dict[str, str]) -> None:
    """Asks where the Land is another than that of the postcode; puts the answer into `texts`."""
    from cowork_cli.domain.place import land_code
    from cowork_cli.services.home.whereabouts import land_doubt

    postcode, _, country = _place(context, texts)
    typed = _value(context, texts, "land")
    land = land_code(typed) if typed else None
    doubt = land_doubt(postcode, land, country)
    if doubt is None:
        return
    other = doubt.places[0].land
    if _chosen(context, doubt, [str(other), f"keep {land}"]) == 0:
        texts["land"] = str(other)


def _chosen(context: Context, doubt: "Doubt", ways: list[str]) -> int:
    """Which of the ways the person takes, from 0."""
    context.note(f"{doubt.sentence}, as the gazetteer has it.")
    if context.edits_lines:
        from cowork_cli.picking import pick

        return ways.index(pick(context, "Which one", [(way, "") for way in ways]))
    for number, way in enumerate(ways, 1):
        context.note(f"  {number}  {way}")
    while True:
        answer = context.ask(f"Which one (1-{len(ways)})", flag="--city", default="1")
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(ways):
            return int(answer) - 1
        context.diagnostics.error(BadInput(f'"{answer}" is none of 1 to {len(ways)}'))


def _online(context: Context) -> bool | None:
    """Whether searches may ask the web; None leaves that as it is."""
    now = profile.online(context.config)
    who = ", ".join(f"{name} ({host})" for name, host in now.hosts.items())
    context.note(
        f"`cowork search` can ask directories on the web: {who}. They are sent the point and the "
        "radius you search, and the version with your contact; nothing of your work."
    )
    while True:
        default = "yes" if now.on else "no"
        answer = context.ask("Ask them (yes/no)", flag="--online", default=default).lower()
        if answer in ("yes", "no", "y", "n", "ja", "nein", "j"):
            wanted = answer[0] in "yj"
            return None if wanted == now.on else wanted
        context.diagnostics.error(BadInput(f'"{answer}" is neither yes nor no'))


def _default(context: Context, question: Question, texts: dict[str, str]) -> str | None:
    """What is set already; for the city and the Land, those that the postcode belongs to."""
    if question.setting == "timezone":
        return texts.get("timezone") or context.zone.key
    value = context.config.get(question.setting)
    if isinstance(value, bool):
        return texts.get(question.setting) or _shown(value)
    if question.setting in texts:  # went back
        return texts[question.setting] or None
    if value is None and question.setting == "seller.city" and "seller.postcode" in texts:
        return _city_of(texts["seller.postcode"])
    if value is None and question.setting == "land":
        from cowork_cli.services.home.whereabouts import land_of

        postcode, _, country = _place(context, texts)
        return land_of(postcode, country)
    return None if value is None else str(value)


def _shown(value: Value) -> str:
    """A setting as its question shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _city_of(postcode: str) -> str | None:
    from cowork_cli.store import gazetteer

    names = {place.name for place in gazetteer.find(postcode)} if postcode else set()
    return names.pop() if len(names) == 1 else None


def _answer(context: Context, question: Question, default: str | None) -> str | None:
    """A good answer, or None to leave the setting as it is. Asks again after a bad one."""
    while True:
        text = context.ask(question.text, flag=question.option, default=default)
        if text == _BACK:
            raise _GoBack
        known = context.config.get(question.setting)
        if text == _TAKE_OUT and not question.required:
            return "" if known is not None else None
        if text == default and known is not None and str(_shown(known)) == text:
            return None
        if not text and not question.required:
            return None
        try:
            settings.checked(question.setting, text)
        except BadInput as error:
            context.diagnostics.error(error)
            continue
        return text
