"""The database's own limit on this machine: pgbench, one order per transaction on one hot row."""

import re
import subprocess
from pathlib import Path

import asyncpg

_TABLES = """
DROP SCHEMA IF EXISTS limits CASCADE;
CREATE SCHEMA limits;
CREATE TABLE limits.quotas (id int PRIMARY KEY, capacity int NOT NULL,
    claimed int NOT NULL,
    CHECK (claimed <= capacity)) WITH (fillfactor = 50);
INSERT INTO limits.quotas VALUES (1, 2000000000, 0);
CREATE TABLE limits.orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    email text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE limits.tickets (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), order_id uuid NOT NULL
    REFERENCES limits.orders, secret text NOT NULL UNIQUE);
CREATE INDEX ON limits.tickets (order_id);
"""
# Five round trips: BEGIN, take the ticket, write the order, write its ticket, COMMIT.
_ORDER = """
BEGIN;
UPDATE limits.quotas SET claimed = claimed + 1 WHERE id = 1 AND claimed + 1 <= capacity;
INSERT INTO limits.orders (code, email)
    VALUES (md5(random()::text || clock_timestamp()::text), 'a@b.c')
    RETURNING id \\gset
INSERT INTO limits.tickets (order_id, secret)
    VALUES (':id', md5(random()::text || clock_timestamp()::text));
COMMIT;
"""


async def prepare(url: str) -> None:
    """Make the tables of the comparison in the database at `url`."""
    connection = await asyncpg.connect(url)
    await connection.execute(_TABLES)
    await connection.close()


def pgbench(
    binary: Path, url: str, folder: Path, *, clients: int, seconds: int
) -> tuple[float, float]:
    """Orders per second and the mean latency in milliseconds."""
    script = folder / "order.sql"
    script.write_text(_ORDER)
    done = subprocess.run(
        [str(binary), "--no-vacuum", "--client", str(clients), "--jobs", "1", "--time",
         str(seconds),
         "--file", str(script), url],
        capture_output=True, text=True, check=True, timeout=seconds + 60,
    )  # fmt: skip
    per_second = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if not per_second or not latency:
        raise RuntimeError(f"pgbench said: {done.stdout}{done.stderr}")
    return float(per_second[1]), float(latency[1])
