"""A fake of the folder of GeoNames that holds a zip archive of postcodes for each country.

Written from https://download.geonames.org/export/zip/readme.txt. The rows are made up along it; only
names, postcodes and rough positions of well-known towns are true.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.fakes.server import FakeServer, Reply, Request


def row(
    country: str, code: str, place: str, region: str, town: str, lat: object, lon: object
) -> str:
    """One line: twelve columns, of which the second and third level are named but not coded."""
    cells = (country, code, place, region, "", "", "", town, "", lat, lon, "4")
    return "\t".join(map(str, cells)) + "\n"


AUSTRIA = "".join(
    [
        row("AT", "1010", "Wien, Innere Stadt", "Wien", "Wien", 48.2077, 16.3705),
        row("AT", "1020", "Wien, Leopoldstadt", "Wien", "Wien", 48.2167, 16.4),
        row("AT", "5020", "Salzburg", "Salzburg", "Salzburg", 47.7994, 13.044),
        row("AT", "5023", "Salzburg", "Salzburg", "Salzburg", 47.83, 13.08),
        row("AT", "4880", "St. Georgen", "Oberösterreich", "", 47.93, 13.48),
        row("AT", "3304", "St. Georgen", "Niederösterreich", "", 48.12, 14.9),
        row("AT", "8010", "Graz", "Steiermark", "Graz", 47.0667, 15.45),
        row("AT", "9999", "Irgendwo", "Tirol", "", "", ""),
    ]
)


def zipped(country: str, text: str | bytes) -> bytes:
    """The archive of a country, as it is fetched."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames Postal Code files\n")
        archive.writestr(f"{country}.txt", text)
    return packed.getvalue()


class FakeGeoNames(FakeServer):
    """Holds archives by country; one that it does not hold is answered 404 in HTML, as there."""

    def __init__(self) -> None:
        self.archives = {"AT": zipped("AT", AUSTRIA)}
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        name = request.path.removeprefix("/export/zip/")
        if request.method != "GET" or not name.endswith(".zip"):
            return None
        held = self.archives.get(name.removesuffix(".zip"))
        if held is None:
            return Reply(404, "<html><title>404 Not Found</title></html>")
        return Reply(200, held, {"Content-Type": "application/zip"})
