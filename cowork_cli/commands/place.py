"""`cowork place`: the offline gazetteer."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.place import Place
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result

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
    from cowork_cli.store import gazetteer

    typed = " ".join(query)
    if online:
        return _online(context, typed)
    places = gazetteer.find(typed)
    near = ", ".join(gazetteer.nearest_names(typed)) if not places else ""
    suggestion = f" Did you mean {near}?" if near else ""
    return Result(places, empty=f"No place in Germany is called {typed}.{suggestion}")


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
