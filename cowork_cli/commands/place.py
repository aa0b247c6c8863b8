"""`cowork place`: the offline gazetteer, and those of other countries."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.place import Place
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import PlacesUpdated

app = new_app()


@verb(app, "find", data=Place, many=True, short="cowork place find Oranienburg")
def find(
    context: Context,
    query: Annotated[
        list[str], Argument(help="A town, a village or a postcode; words are joined.")
    ],
    online: Annotated[
        bool,
        Option("--online", help="Ask the geocoder that is switched on: addresses, places abroad."),
    ] = False,
) -> Result:
    """Look up a town, a district, a village or a postcode, without network."""
    from cowork_cli.services.spaces.where import credit_of
    from cowork_cli.store import gazetteer

    typed = " ".join(query).strip()
    if not typed:
        raise UsageError("no place was named", "give one, as in `cowork place find Leipzig`")
    if online:
        return _online(context, typed)
    more = context.paths.gazetteers()
    places = gazetteer.find(typed, more=more)
    near = ", ".join(gazetteer.nearest_names(typed, more=more)) if not places else ""
    suggestion = f" Did you mean {near}?" if near else ""
    countries = ", ".join(["Germany", *(file.stem.upper() for file in more)])
    line = credit_of(places)
    return Result(
        places,
        notes=[line] if line else [],
        empty=f'No place in {countries} is called "{typed}".{suggestion}'
        " Fetch another country with `cowork place update COUNTRY`.",
    )


@verb(app, "update", data=PlacesUpdated, short="cowork place update AT")
def update(
    context: Context,
    country: Annotated[str, Argument(metavar="COUNTRY", help="Two letters, or its name.")],
    file: Annotated[
        str | None,
        Option("--file", metavar="FILE", help="A list of GeoNames, instead of fetching it."),
    ] = None,
) -> Result:
    """Fetch towns and postcodes of another country; searches and TAB know them then."""
    from pathlib import Path

    from cowork_cli.domain.geonames import ATTRIBUTION
    from cowork_cli.services.spaces import gazetteers

    code = gazetteers.country_of(country)
    tell = context.note if context.watched else None
    debug = context.diagnostics.debug if context.options.debug else None
    settings = context.config
    fetching = gazetteers.Fetching(
        str(settings.get("gazetteer.url")), settings.text("contact"), tell, debug
    )
    if tell is not None and file is None:
        tell(
            f"Asks {fetching.url.replace('{country}', code)}; nothing but that leaves this machine."
        )
    done = gazetteers.update(
        code,
        Path(file) if file else None,
        fetching,
        folder=context.paths.places,
        today=context.today.isoformat(),
    )
    notes = [f"{done.places} places and {done.postcodes} postcodes of {code} are known now."]
    if done.without_point:
        notes.append(f"{done.without_point} rows without a point were left out.")
    return Result(done, notes=[*notes, f"{ATTRIBUTION}."])


def _online(context: Context, typed: str) -> Result:
    from cowork_cli.commands._asking import accounts_of, disclosure_of
    from cowork_cli.providers.registry import OSM_ATTRIBUTION
    from cowork_cli.services.accounts.geocoding import geocoder

    accounts = accounts_of(context)
    try:
        ask = geocoder(accounts, disclosure_of(context))
        if ask is None:
            raise UsageError(
                "no geocoder is switched on",
                "choose one with `cowork account add osm --set geocoder=photon` (or nominatim)",
            )
        places = ask(typed)
    finally:
        accounts.close()
    line = OSM_ATTRIBUTION if places else None
    return Result(
        places, notes=[line] if line else [], empty=f"The geocoder knows no place called {typed}."
    )
