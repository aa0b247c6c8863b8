"""People and firms with a postal address: the seller, a client, a landlord."""

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where post is delivered; a part that is not known is None. `country` is ISO 3166-1."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None

    def lines(self) -> tuple[str, ...]:
        """The address as it stands on an envelope, without the country."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return tuple(line for line in (self.street, town) if line)

    def __str__(self) -> str:
        return ", ".join(self.lines())


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an invoice, copied into it when it is issued."""

    name: str
    address: PostalAddress
    company: str | None = None
    email: str | None = None
    phone: str | None = None
    vat_id: str | None = None
    tax_number: str | None = None
