#!/usr/bin/env bash
# Radicale 3.9.0: after the clock change a weekly desk is expanded an hour off, in spite of the zone it hands out.
# Expected: RFC 4791 9.6.5 (expand) gives each recurrence in UTC; 09:00 Europe/Berlin on 2 November is 08:00 UTC.
#   The event names an IANA zone without VTIMEZONE, the short form of RFC 7809 (3.1.1). Radicale takes it (201),
#   adds the right VTIMEZONE of Europe/Berlin to what GET returns, and so knows both offsets.
# Seen: the expansion carries the offset of the first day through the series: 07:00 UTC on 2 November.
# Versions: Radicale 3.9.0, Python 3.11; needs curl; listens on 127.0.0.1 only. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Radicale==3.9.0 tzdata==2026.6
port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/python -m radicale --server-hosts "127.0.0.1:$port" --storage-filesystem-folder store --auth-type none \
    --rights-type owner_only >server.log 2>&1 &
server=$!
desk=http://127.0.0.1:$port/me/desk
curl -s -o /dev/null --max-time 20 --retry 20 --retry-delay 1 --retry-connrefused -u me:x -X MKCALENDAR "$desk/"
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//EN BEGIN:VEVENT UID:desk DTSTAMP:20261001T000000Z \
    'DTSTART;TZID=Europe/Berlin:20261019T090000' 'DTEND;TZID=Europe/Berlin:20261019T100000' \
    'RRULE:FREQ=WEEKLY;COUNT=3' SUMMARY:desk END:VEVENT END:VCALENDAR >desk.ics
put=$(curl -s -o /dev/null --max-time 20 -w '%{http_code}' -u me:x -T desk.ics -H 'Content-Type: text/calendar' "$desk/desk.ics")
cat >query.xml <<'XML'
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data>
<C:expand start="20261001T000000Z" end="20261201T000000Z"/></C:calendar-data></D:prop><C:filter>
<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20261001T000000Z"
end="20261201T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>
XML
offsets=$(curl -s --max-time 20 -u me:x "$desk/desk.ics" | grep -c 'TZOFFSETTO:+0[12]00')
seen=$(curl -s --max-time 20 -u me:x -X REPORT -H 'Depth: 1' -H 'Content-Type: application/xml' --data-binary @query.xml \
    "$desk/" | sed -n 's/^DTSTART:\([0-9TZ]*\).*/\1/p' | paste -sd' ')
echo "Radicale 3.9.0: PUT $put, offsets in the VTIMEZONE of GET: $offsets"
echo "expected: 20261019T070000Z 20261026T080000Z 20261102T080000Z"
echo "seen:     $seen"
[ "$put $offsets" = "201 2" ] && [ "$seen" = "20261019T070000Z 20261026T070000Z 20261102T070000Z" ] \
    || { echo "the behaviour changed"; exit 1; }
