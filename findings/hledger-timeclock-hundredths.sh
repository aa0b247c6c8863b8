#!/usr/bin/env bash
# hledger 1.25 (Debian bookworm): three sessions of twenty minutes in a timeclock file are 0.99 hours.
# Expected: "man hledger", TIMECLOCK FORMAT, has hledger read clock-ins and clock-outs as time; their sum is one hour.
# Seen: each session becomes 0.33h before anything is added, so that 36 seconds of each hour of short sessions are gone.
# Versions: Debian package hledger 1.25-2+b5 (fetched with apt-get, unpacked here, not installed). Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq hledger 2>/dev/null
dpkg -x hledger_*.deb root
for hour in 09 10 11; do
    printf 'i 2026-11-03 %s:00:00 kunde\no 2026-11-03 %s:20:00\n' "$hour" "$hour"
done >hours.timeclock
root/usr/bin/hledger --version
seen=$(LC_ALL=C.UTF-8 root/usr/bin/hledger -f hours.timeclock balance --no-total | tr -s ' ')
echo "expected: 1.00h kunde"
echo "seen:    $seen"
[ "$seen" = " 0.99h kunde" ] || { echo "the behaviour changed"; exit 1; }
