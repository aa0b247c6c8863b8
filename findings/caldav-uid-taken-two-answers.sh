#!/usr/bin/env bash
# Two CalDAV servers, one broken precondition: Radicale 3.9.0 says 409, Xandikos 0.4.10 says 412.
# Expected: RFC 4791 1.3 has a failed precondition such as CALDAV:no-uid-conflict answered with 403 or 409; 412
#   belongs to the conditions in the request's own headers (RFC 9110 15.5.13), and this PUT has none.
# Seen: for the same UID under a second name both send no-uid-conflict, Xandikos with 412. A client that takes 412
#   for "someone else was faster" fetches, tries again and never gets anywhere.
# Versions: Radicale 3.9.0, Xandikos 0.4.10, Python 3.11; needs curl; both listen on 127.0.0.1 only. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
servers=()
trap '[ ${#servers[@]} -eq 0 ] || kill "${servers[@]}"; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Radicale==3.9.0 xandikos==0.4.10
free_port() { venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//EN BEGIN:VEVENT UID:desk DTSTAMP:20261001T000000Z \
    DTSTART:20261110T090000Z DTEND:20261110T100000Z SUMMARY:desk END:VEVENT END:VCALENDAR >desk.ics
put() { curl -s -o answer --max-time 20 -w '%{http_code}' -u me:x -T desk.ics -H 'Content-Type: text/calendar' "$1"; }
twice() { # the same event under two names; prints both codes and the condition that the server names
    local first second
    first=$(put "$1/a.ics")
    second=$(put "$1/b.ics")
    echo "$first $second $(grep -o 'no-uid-conflict' answer)"
}
port=$(free_port)
venv/bin/python -m radicale --server-hosts "127.0.0.1:$port" --storage-filesystem-folder store --auth-type none \
    --rights-type owner_only >radicale.log 2>&1 &
servers+=($!)
wait_for() { curl -s -o /dev/null --max-time 20 --retry 20 --retry-delay 1 --retry-connrefused -u me:x "$@"; }
wait_for -X MKCALENDAR "http://127.0.0.1:$port/me/desk/"
radicale=$(twice "http://127.0.0.1:$port/me/desk")
port=$(free_port)
venv/bin/xandikos serve -d xandikos --defaults -l 127.0.0.1 -p "$port" --current-user-principal /me/ >xandikos.log 2>&1 &
servers+=($!)
wait_for "http://127.0.0.1:$port/me/"
xandikos=$(twice "http://127.0.0.1:$port/me/calendars/calendar")
echo "expected: 201, then 403 or 409 with no-uid-conflict"
echo "seen: Radicale 3.9.0: $radicale; Xandikos 0.4.10: $xandikos"
[ "$radicale" = "201 409 no-uid-conflict" ] && [ "$xandikos" = "201 412 no-uid-conflict" ] \
    || { echo "the behaviour changed"; exit 1; }
