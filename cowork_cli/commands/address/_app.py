"""The verbs of `cowork address`, and what they share."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app

app = new_app()

AddressArgument = Annotated[str, Argument(metavar="ID", help="a-1 or its name.")]
ExactAddress = Annotated[str, Argument(metavar="ID", help="a-1 or its exact name.")]
Recipient = Annotated[
    list[str] | None,
    Option("--recipient", metavar="N", help="A name on the letter box; again for more."),
]
LetterRecipient = Annotated[
    list[str] | None,
    Option("--recipient", metavar="LINE", help="A line of the letter's address; again for more."),
]
LetterMail = Annotated[
    str | None, Option("--mail", metavar="MAIL", help="E-mail address of the recipient.")
]
Lang = Annotated[str | None, Option("--lang", metavar="L", help="de or en.")]
