"""Offers of addresses, and ordering one."""

from cowork_cli.commands import _out
from cowork_cli.commands._asking import asking, disclosure_of, euro
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._open import OpenIt, open_file, refuse_nothing_to_open
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import verb
from cowork_cli.commands.address._app import Lang, LetterMail, LetterRecipient, app
from cowork_cli.context import Context
from cowork_cli.domain.address import AddressOffer, HeldAddress
from cowork_cli.domain.money import Price
from cowork_cli.errors import BadInput, UsageError, by_gravity, exit_code_of, raise_if_all_failed
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.addresses.letters import Desk
    from cowork_cli.services.addresses.ordering import Order
    from cowork_cli.store.engine.store import Store


@verb(app, "plans", data=AddressOffer, many=True, short="cowork address plans --near Berlin")
def plans(
    context: Context,
    near: Annotated[
        str | None, Option("--near", metavar="PLACE", help="A town, a postcode or LAT,LON.")
    ] = None,
    radius: Annotated[float, Option("--radius", metavar="KM", help="Around it.")] = 10.0,
    account: Annotated[
        list[str] | None,
        Option("--account", metavar="A", help="Only ask this one; again for more."),
    ] = None,
) -> Result:
    """List offers of addresses side by side: price, set-up, deposit, term, notice, extras."""
    from cowork_cli.services.addresses import offers

    with asking(context) as (accounts, _):
        rows, problems, notes = offers.offers(
            near,
            radius,
            account or (),
            store=context.store,
            accounts=accounts,
            countries=context.paths.gazetteers(),
            disclosure=disclosure_of(context),
        )
        told = dict.fromkeys(row.account for row in rows)
        notes += [line for name in told if (line := accounts.attribution(name))]
    raise_if_all_failed(problems, done=bool(rows))
    if any(not row.comparable for row in rows):
        notes.append("A price without its term is not comparable: ask for the term.")
    return Result(
        rows,
        notes=notes,
        problems=by_gravity(problems),
        exit_code=exit_code_of(problems, done=bool(rows)),
        empty="No offer is known. Keep one with `cowork plan add SPACE NAME --kind virtual`.",
    )


@verb(
    app, "register", data=HeldAddress, short='cowork address register plan-1 --name "Erika Muster"'
)
def register(
    context: Context,
    plan: Annotated[str, Argument(metavar="PLAN", help="plan-3, or ACCOUNT:ID of an offer.")],
    name: Annotated[str | None, Option("--name", metavar="N", help="For whom.")] = None,
    company: Annotated[str | None, Option("--company", metavar="C", help="And which firm.")] = None,
    starts: Annotated[str | None, Option("--starts", metavar="DATE", help="First day.")] = None,
    extra: Annotated[
        list[str] | None, Option("--extra", metavar="E", help="An extra; again for more.")
    ] = None,
    accept_terms: Annotated[
        bool, Option("--accept-terms", help="You have read and accept the provider's terms.")
    ] = False,
    max_price: Annotated[
        str | None, Option("--max-price", metavar="EUR", help="Go on without asking up to this.")
    ] = None,
    recipient: LetterRecipient = None,
    mail: LetterMail = None,
    lang: Lang = None,
    out: _out.Out = None,
    force: _out.Force = False,
    open_it: OpenIt = False,
    dry_run: DryRun = False,
) -> Result:
    """Order an address; of your own directory, with a letter to `--out`."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import letters, offers, ordering

    refuse_nothing_to_open(out, open_it=open_it)
    settings = context.config.get
    if name is None:
        raise UsageError("the name for the letter box is missing", "give it with `--name`")
    limit = euro(max_price, "--max-price")
    with asking(context) as (accounts, _):
        offer = offers.find(plan, store=context.store, accounts=accounts)
        order = ordering.Order(
            plan=offer,
            name=name.strip(),
            company=company,
            starts=parse_date(starts, context.today, planned=True) if starts else None,
            extras=tuple(extra or ()),
            accepts_terms=accept_terms,
            max_price=limit,
        )
        ordering.check(order)
        if not order.is_local and out is not None:
            raise BadInput(
                f"{offer.name} is ordered at {offer.ref.account}, not by letter",
                "leave out `--out`",
            )
        held = ordering.existing(order, context.store)
        if held is not None:
            return Result(held, notes=[f"Ordered already as {held.id}; nothing was sent."])
        desk = letters.Desk(
            settings,
            context.today,
            letters.language_of(lang, settings),
            tuple(recipient or ()),
            mail,
        )
        if dry_run:
            return _shown(order, desk, context.store)
        # the page comes first: an order is not noted where its letter cannot be written
        page = (
            letters.rendered(ordering.letter(order, desk, context.store), out, settings)
            if out
            else b""
        )
        place = _out.destination(context, out, force, "order.pdf", text=False) if out else None
        if place is not None:
            place.check(page)
        if not order.is_local and limit is None and _costs(order.plan.price):
            context.confirm(ordering.question(order), flag="--yes or --max-price EUR")
        held = ordering.register(order, store=context.store, accounts=accounts)
    notes = [f"{held.id} is {held.state}.", f"Next: `cowork address onboard {held.id}`."]
    if held.finish_url:
        notes.insert(1, f"To finish in a browser: {held.finish_url}")
    if place is not None:
        place.write(page)
        if open_it and place.path is not None:
            open_file(context, place.path)
        return place.result(page, Result(held, notes=[*place.wrote(), *notes]))
    if order.is_local:
        notes.append("Nobody was written to: `--out FILE` also writes the letter of the order.")
    return Result(held, notes=notes)


def _costs(price: "Price | None") -> bool:
    """A price that is not known may be any."""
    return price is None or price.money.minor > 0


def _shown(order: "Order", desk: "Desk", store: "Store") -> Result:
    """What would be sent, as data and in a sentence."""
    from cowork_cli.services.addresses import ordering

    shown = ordering.preview(order, desk, store)
    sent = [f"{key}: {value}" for key, value in order.content.items() if value]
    to = "written in a letter" if order.is_local else f"sent to {shown.account}"
    return Result(
        shown,
        notes=[
            f"Would be {to}: {'; '.join(sent)}.",
            "Nothing was sent (--dry-run).",
        ],
    )
