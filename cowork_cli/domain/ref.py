"""The full name of a thing at a provider: `ACCOUNT:ID`."""

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """`hafen:a4a9`, `local:dorfbuero-wiesenburg/desk-1`, `osm:node/330264334`."""

    account: str
    id: str

    def __str__(self) -> str:
        return f"{self.account}:{self.id}"

    def __lt__(self, other: "Ref") -> bool:
        return (self.account, self.id) < (other.account, other.id)

    @classmethod
    def parse(cls, text: str) -> "Ref | None":
        """The ref that `text` spells, or None if it is no full ref."""
        account, colon, identity = text.partition(":")
        if colon and identity and is_account_name(account):
            return cls(account, identity)
        return None


def is_account_name(text: str) -> bool:
    """Whether `text` may name an account: `[a-z][a-z0-9-]*`."""
    return (
        text.isascii()
        and text[:1].islower()
        and all(char.islower() or char.isdigit() or char == "-" for char in text)
    )
