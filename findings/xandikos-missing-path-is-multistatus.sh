#!/usr/bin/env bash
# Two CalDAV servers asked for a collection that is not there: Radicale 3.9.0 answers 404, Xandikos 0.4.10 answers 207.
# Expected: RFC 4918 § 9.1 has PROPFIND answer 207 for a resource that was found; a request for a URL that is not mapped
#   fails as a whole, and both servers do the same with GET: 404.
# Seen: Xandikos puts a row with "HTTP/1.1 404 Not Found" into a 207 for PROPFIND. A client that takes any 207 as
#   "it is there" finds every calendar; one that looks at the status of the answer alone never sees that one is gone.
# Versions: xandikos 0.4.10, radicale 3.9.0, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xandikos==0.4.10 radicale==3.9.0
cat >ports.py <<'PY'
import socket

held = [socket.socket() for _ in range(2)]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))
PY
read -r xandikos radicale < <(venv/bin/python ports.py)
mkdir data files
venv/bin/python -m xandikos serve -d data -l 127.0.0.1 -p "$xandikos" --defaults >xandikos.log 2>&1 &
pids+=($!)
printf '[server]\nhosts = 127.0.0.1:%s\n[auth]\ntype = none\n[storage]\nfilesystem_folder = %s/files\n' "$radicale" "$work" >radicale.conf
venv/bin/python -m radicale --config radicale.conf >radicale.log 2>&1 &
pids+=($!)
venv/bin/python - "$xandikos" "$radicale" <<'PY'

import http.client
import sys
import time
from importlib.metadata import version
from xml.etree import ElementTree

BODY = b'<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'


def asked(port, method):
    """Status and body; a server that is still starting is asked again."""
    for _ in range(100):
        try:
            line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
            line.request(method, "/user/calendars/gone/", BODY if method == "PROPFIND" else None, {"Depth": "0", "Content-Type": "text/xml"})
            answer = line.getresponse()
            return answer.status, answer.read()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


seen = {}
for name, port in (("xandikos", sys.argv[1]), ("radicale", sys.argv[2])):
    status, body = asked(port, "PROPFIND")
    inside = [one.text for one in ElementTree.fromstring(body).iter("{DAV:}status")] if status == 207 else []
    seen[name] = (asked(port, "GET")[0], status, inside)
print("xandikos", version("xandikos"), "radicale", version("radicale"))
print("GET, PROPFIND, status inside:", seen)
assert seen["radicale"] == (404, 404, []), "the behaviour changed"
assert seen["xandikos"] == (404, 207, ["HTTP/1.1 404 Not Found"]), "the behaviour changed"
PY
