"""A web server with calendar feeds: one text for each path, with an ETag, as shops of calendars serve them."""

import hashlib

from tests.fakes.server import FakeServer, Reply, Request


class FakeFeed(FakeServer):
    """`feeds` by path, `/raum/spree.ics`. `tagged`: says an ETag and honours If-None-Match."""

    def __init__(self) -> None:
        self.feeds: dict[str, str] = {}
        self.tagged = True
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        text = self.feeds.get(request.path)
        if text is None:
            return Reply(404, b"")
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        if self.tagged:
            headers["ETag"] = tag
        if self.tagged and request.headers.get("if-none-match") == tag:
            return Reply(304, b"", headers)
        return Reply(200, text.encode(), headers)
