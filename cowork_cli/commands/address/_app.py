"""The verbs of `cowork address`, and what they share."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app

app = new_app()

AddressArgument = Annotated[str, Argument(metavar="ID", help="a-1 or its name.")]
ExactAddress = Annotated[str, Argument(metavar="ID", help="a-1 or its exact name.")]
Street = Annotated[str | None, Option("--street", help="Street and number.")]
Postcode = Annotated[str | None, Option("--postcode", help="Postcode.")]
City = Annotated[str | None, Option("--city", help="City.")]
Country = Annotated[str | None, Option("--country", help="Country, two letters.")]
Recipient = Annotated[
    list[str] | None,
    Option("--recipient", metavar="N", help="A name on the letter box; again for more."),
]
ProviderOption = Annotated[str | None, Option("--provider", metavar="P", help="Who lets it.")]
PlanOption = Annotated[
    str | None, Option("--plan", metavar="P", help="What the contract is called.")
]
Starts = Annotated[str | None, Option("--starts", metavar="DATE", help="First day.")]
PriceOption = Annotated[str | None, Option("--price", metavar="EUR", help="Per month.")]
LetterRecipient = Annotated[
    list[str] | None,
    Option("--recipient", metavar="LINE", help="A line of the letter's address; again for more."),
]
LetterMail = Annotated[
    str | None, Option("--mail", metavar="MAIL", help="E-mail address of the recipient.")
]
Lang = Annotated[str | None, Option("--lang", metavar="L", help="de or en.")]
