"""The database's own limit on this machine: pgbench, one transaction for each order or scan.

On a PostgreSQL of its own with the product's settings, but for the number of connections. Each
`kind` is what an application without coalescing would do on the same kind of row.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import asyncpg

from bench.folders import open_folder
from bench.results import Row
from boxoffice.data.embedded.binaries import find_binaries
from boxoffice.data.embedded.postgres import EmbeddedPostgres
from boxoffice.data.embedded.vault import Vault

CLIENTS = (8, 16, 64, 512)
# pgbench counts its time from before it connects: so many connections a second are allowed for.
_CONNECTS_PER_SECOND = 50
# Only the hot quota is sold to so many at once; seats to as many.
_MOST_OF = {"hot": 512, "seat": 512}
_TABLES = """
CREATE SCHEMA limits;
CREATE TABLE limits.quotas (id int PRIMARY KEY, capacity int NOT NULL,
    claimed int NOT NULL,
    CHECK (claimed <= capacity)) WITH (fillfactor = 50);
INSERT INTO limits.quotas SELECT n, 2000000000, 0 FROM generate_series(1, 1000) AS n;
CREATE TABLE limits.orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    email text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE limits.tickets (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), order_id uuid NOT NULL
    REFERENCES limits.orders, secret text NOT NULL UNIQUE, seat int);
CREATE INDEX ON limits.tickets (order_id);
CREATE TABLE limits.seats (id int PRIMARY KEY, order_id uuid);
INSERT INTO limits.seats SELECT n FROM generate_series(1, 200000) AS n;
CREATE TABLE limits.doors (id int PRIMARY KEY, admitted_at timestamptz);
INSERT INTO limits.doors SELECT n FROM generate_series(1, 200000) AS n;
CREATE TABLE limits.scans (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), door int NOT NULL,
    at timestamptz NOT NULL DEFAULT now());
"""
_SALE = """
INSERT INTO limits.orders (code, email)
    VALUES (md5(random()::text || clock_timestamp()::text), 'a@b.c')
    RETURNING id \\gset
INSERT INTO limits.tickets (order_id, secret)
    VALUES (':id', md5(random()::text || clock_timestamp()::text));
COMMIT;
"""
_TAKE = "UPDATE limits.quotas SET claimed = claimed + 1 WHERE id = {} AND claimed + 1 <= capacity;"
# Five round trips: BEGIN, take the ticket, write the order, write its ticket, COMMIT.
SCRIPTS = {
    "hot": f"BEGIN;\n{_TAKE.format(1)}\n{_SALE}",
    "spread": f"\\set event random(1, 1000)\nBEGIN;\n{_TAKE.format(':event')}\n{_SALE}",
    # A seat of a hot hall: the hall's counter moves with it, as the product's does.
    "seat": (
        "\\set seat random(1, 200000)\nBEGIN;\n"
        "SELECT order_id FROM limits.seats WHERE id = :seat FOR UPDATE;\n"
        f"{_TAKE.format(1)}\n"
        "UPDATE limits.seats SET order_id = gen_random_uuid() WHERE id = :seat;\n"
        f"{_SALE}"
    ),
    "scan": (
        "\\set door random(1, 200000)\nBEGIN;\n"
        "SELECT admitted_at FROM limits.doors WHERE id = :door FOR UPDATE;\n"
        "UPDATE limits.doors SET admitted_at = now() WHERE id = :door;\n"
        "INSERT INTO limits.scans (door) VALUES (:door);\nCOMMIT;\n"
    ),
}


async def limits(kinds: Iterable[str], *, seconds: int) -> list[Row]:
    """A row for each kind and number of clients."""
    wanted = [kind for kind in SCRIPTS if kind in set(kinds)]
    if not wanted:
        return []
    with open_folder("limit") as folder:
        server = EmbeddedPostgres(
            folder / "postgres",
            vault=Vault(folder / "secrets.json"),
            log=folder / "postgres.log",
            overrides={"max_connections": str(max(CLIENTS) + 20)},
        )
        server.start()
        try:
            connection = await asyncpg.connect(server.owner_url)
            await connection.execute(_TABLES)
            await connection.close()
            return [
                _row(server.owner_url, folder, kind, clients=clients, seconds=seconds)
                for kind in wanted
                for clients in CLIENTS
                if clients <= _MOST_OF.get(kind, 64)
            ]
        finally:
            server.stop()


def at(rows: Iterable[Row], kind: str, clients: int) -> float:
    """Transactions a second of a kind with so many clients; 0 if that was not measured."""
    wanted = (f"pgbench_{kind}", clients)
    return next((row.per_s for row in rows if (row.name, row.clients) == wanted), 0.0)


def best(rows: Iterable[Row], kind: str) -> float:
    """Most transactions a second of a kind, at whatever number of clients."""
    return max((row.per_s for row in rows if row.name == f"pgbench_{kind}"), default=0.0)


def _row(url: str, folder: Path, kind: str, *, clients: int, seconds: int) -> Row:
    script = folder / f"{kind}.sql"
    seconds += clients // _CONNECTS_PER_SECOND
    script.write_text(SCRIPTS[kind])
    done = subprocess.run(
        [str(find_binaries().program("pgbench")), "--no-vacuum", "--client", str(clients),
         "--jobs", "1", "--time", str(seconds), "--file", str(script), url],
        capture_output=True, text=True, check=True, timeout=seconds + 60,
    )  # fmt: skip
    # Without a single transaction it tells neither.
    per_second = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    return Row(
        name=f"pgbench_{kind}",
        clients=clients,
        per_s=round(float(per_second[1]), 1) if per_second else 0.0,
        p50_ms=round(float(latency[1]), 2) if latency else 0.0,
        note="p50 is the mean",
    )
