"""Fakes of Photon and Nominatim, written from their documents: strict about what may be asked."""

from typing import Any

from tests.fakes.server import FakeServer, Reply, Request

PHOTON_ALLOWED = {
    "q",
    "lang",
    "limit",
    "lat",
    "lon",
    "zoom",
    "bbox",
    "countrycode",
    "layer",
    "dedupe",
}


class FakePhoton(FakeServer):
    """`known`: typed text → features. `old`: knows no parameter that was added later."""

    def __init__(self, *, old: bool = False) -> None:
        self.known: dict[str, list[dict[str, Any]]] = {}
        self.old = old
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        if request.path != "/api" or request.method != "GET":
            return None
        allowed = PHOTON_ALLOWED - ({"dedupe", "countrycode"} if self.old else set())
        wrong = set(request.query) - allowed
        if wrong:
            return Reply(400, {"message": f"unknown query parameter '{wrong.pop()}'"})
        features = self.known.get(request.query.get("q", ""), [])
        return Reply(200, {"type": "FeatureCollection", "features": features})


def feature(lat: float, lon: float, **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"osm_type": "N", "osm_id": 1} | properties,
    }


class FakeNominatim(FakeServer):
    """`known`: typed text → rows, with numbers as texts."""

    def __init__(self) -> None:
        self.known: dict[str, list[dict[str, Any]]] = {}
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        if request.path != "/search" or request.method != "GET":
            return None
        if request.query.get("format") != "jsonv2":
            return Reply(200, "<html>the web page</html>")
        if "street" in request.query and "q" in request.query:
            return Reply(
                400, {"error": {"code": 400, "message": "Structured query parameters ..."}}
            )
        return Reply(200, self.known.get(request.query.get("q", ""), []))
