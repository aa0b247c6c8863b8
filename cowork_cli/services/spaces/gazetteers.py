"""Fetching the places of another country, so that a search there needs no network afterwards.

Source: the postcode lists of GeoNames (www.geonames.org), CC BY 4.0, one archive for each country. The
list is read to its last line before anything is written.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from cowork_cli.domain import geonames
from cowork_cli.errors import BadInput, ConfigError, CoworkError, NotFound, SecretInConfig
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.terms import Limits
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass
from cowork_cli.services.identifiers.contacts import check_country
from cowork_cli.services.spaces.results import PlacesUpdated
from cowork_cli.store import gazetteer_file

MIB = 1024 * 1024
MOST_BYTES = 64 * MIB
"""The largest archive of a country is a tenth of that."""
MOST_TEXT_BYTES = 512 * MIB
_LIST = "give the path of a list of GeoNames"
OWN = "DE"
ACCOUNT = "geonames"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a list is fetched: `url` with `{country}` in it, who asks, who hears of the progress."""

    url: str
    contact: str | None
    tell: Callable[[str], None] | None = None
    debug: Callable[[str], None] | None = None


def country_of(typed: str) -> str:
    """The two letters of a country that can be fetched. Raises BadInput."""
    country = check_country(typed.strip())
    if country == OWN:
        raise BadInput(
            "the places of Germany come with cowork",
            "look one up with `cowork place find`; fetch another country with"
            " `cowork place update AT`",
        )
    return country


def update(
    country: str, file: Path | None, fetching: Fetching, *, folder: Path, today: str
) -> PlacesUpdated:
    """Fetches the list of a country, or reads it from `file`, and keeps it in `folder`.

    Raises BadInput for a list that is none (nothing is changed), NotFound for a country that the source
    does not have, and what the network answers.
    """
    if file is None:
        source = fetching.url.replace("{country}", country)
        content = _fetched(source, country, fetching)
    else:
        source, content = str(file), bytes_of(file, MOST_TEXT_BYTES, _LIST, _LIST)
    try:
        rows = list(geonames.rows(_text(content, country), country))
    except BadInput as problem:
        problem.message = f"the list of {country} from {source} was not taken: {problem.message}"
        raise
    placed = [row for row in rows if row.lat is not None]
    if not placed:
        raise BadInput(f"the list of {country} from {source} holds no place", "nothing was changed")
    places, codes = gazetteer_file.write(folder, country, placed, today)
    return PlacesUpdated(country, places, codes, len(rows) - len(placed), source, today)


def _fetched(url: str, country: str, fetching: Fetching) -> bytes:
    told = 0

    def progress(size: int) -> None:
        nonlocal told
        if fetching.tell is not None and size // MIB > told:
            told = size // MIB
            fetching.tell(f"{country}: {told} MiB so far.")

    limits = Limits(whole_s=600.0, answer_bytes=MOST_BYTES)
    by_hand = (
        "fetch the file another way and bring it in with `cowork place update COUNTRY --file FILE`"
    )
    try:
        client = HttpClient(
            ACCOUNT,
            url,
            contact=fetching.contact,
            limits=limits,
            debug=fetching.debug,
            tell=fetching.tell,
        )
    except SecretInConfig:
        raise
    except ConfigError:
        raise ConfigError(
            "gazetteer.url is not an address that may be asked",
            "set it as in `cowork config set gazetteer.url 'https://host/{country}.zip'`",
        ) from None
    with client:
        asking = client.adapted(progress=progress)
        try:
            return asking.request("GET", url, headers={"Accept": "application/zip, */*"}).body
        except NotFound:
            raise NotFound(f"there is no list of {country} at {url}", by_hand) from None
        except CoworkError as problem:
            problem.hint = f"try again later, or {by_hand}"
            problem.account = None
            raise


def _text(content: bytes, country: str) -> str:
    """The list, out of its archive (`AT.zip` holds `AT.txt`) or as it is. Raises BadInput."""
    if content.startswith(b"PK"):
        content = _unpacked(content, f"{country}.txt")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput(f"line {line} is no text in UTF-8", "give the list of GeoNames") from None


def _unpacked(content: bytes, name: str) -> bytes:
    from zipfile import BadZipFile, ZipFile
    from zlib import error as Broken

    try:
        with ZipFile(BytesIO(content)) as archive, archive.open(name) as member:
            text = member.read(MOST_TEXT_BYTES + 1)
    except KeyError:
        raise BadInput(f"the archive holds no {name}", "give that of this country") from None
    except (BadZipFile, Broken, NotImplementedError, RuntimeError, EOFError):
        raise BadInput("the archive cannot be unpacked", "fetch it again") from None
    if len(text) > MOST_TEXT_BYTES:
        raise BadInput(f"{name} is too large for a list of postcodes", "nothing was changed")
    return text
