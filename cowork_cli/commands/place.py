"""`cowork place`: the offline gazetteer."""

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.place import Place
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "find", data=Place, many=True, short="cowork place find Oranienburg")
def find(
    context: Context,
    query: Annotated[
        list[str], Argument(help="A town, a village or a postcode; words are joined.")
    ],
) -> Result:
    """Look up a town, a village or a postcode, without network."""
    from cowork_cli.store import gazetteer

    typed = " ".join(query)
    places = gazetteer.find(typed)
    near = ", ".join(gazetteer.nearest_names(typed)) if not places else ""
    suggestion = f" Did you mean {near}?" if near else ""
    return Result(places, empty=f"No place in Germany is called {typed}.{suggestion}")
