"""The embedded PostgreSQL, seen through real connections, real kills and real neglect."""

import os
import shutil
import signal
import socket
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from boxoffice.data.embedded import lodging, processes
from boxoffice.data.embedded.binaries import find_binaries, installed
from boxoffice.data.embedded.postgres import EmbeddedPostgres
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.data.embedded.vault import Vault


class House:
    """A data folder, and the servers a test starts on it one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.servers: list[EmbeddedPostgres] = []

    def server(self, chosen: Path | None = None) -> EmbeddedPostgres:
        server = EmbeddedPostgres(
            self.folder / "postgres", vault=Vault(self.folder / "secrets.json"), chosen=chosen,
            log=self.folder / "postgres.log",
        )  # fmt: skip
        self.servers.append(server)
        return server

    def started(self) -> EmbeddedPostgres:
        server = self.server()
        server.start()
        return server

    @property
    def cluster(self) -> Path:
        return lodging.find_lodging(self.folder / "postgres").folder / "cluster"

    def tear_down(self) -> None:
        for server in self.servers:
            server.stop()
        elsewhere = self.cluster.parent
        if self.folder not in elsewhere.parents:
            shutil.rmtree(elsewhere)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """In a folder that only we may enter: as root, the cluster has to lie elsewhere."""
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.tear_down()


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def write_a_row(server: EmbeddedPostgres) -> None:
    async with connection(server.owner_url) as owner:
        await owner.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('kept')")


async def row_is_kept(server: EmbeddedPostgres) -> bool:
    async with connection(server.owner_url) as owner:
        return await owner.fetchval("SELECT word FROM kept") == "kept"


async def test_the_application_owns_nothing_and_is_no_superuser(house: House) -> None:
    server = house.started()
    async with connection(server.url) as app:
        rights = await app.fetchrow(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,"
            " EXISTS (SELECT FROM pg_class WHERE relowner = r.oid),"
            " EXISTS (SELECT FROM pg_database WHERE datdba = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        assert not any(rights)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("CREATE TABLE public.mine ()")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("SET ROLE boxoffice_owner")


async def test_the_owner_migrates_without_being_a_superuser(house: House) -> None:
    server = house.started()
    async with connection(server.owner_url) as owner:
        assert not await owner.fetchval(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        await owner.execute("CREATE SCHEMA events; CREATE EXTENSION pg_trgm; CREATE ROLE another")
        await owner.execute("SET ROLE boxoffice_app")


async def test_without_the_password_nobody_gets_in(house: House) -> None:
    server = house.started()
    for role in ("postgres", "boxoffice_owner", "boxoffice_app"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://{role}:guess@127.0.0.1:{server.port}/boxoffice")


async def test_a_commit_is_on_disk_and_pages_are_checked(house: House) -> None:
    server = house.started()
    async with connection(server.url) as app:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert await app.fetchval(f"SHOW {setting}") == "on"
        assert await app.fetchval("SHOW server_encoding") == "UTF8"
        assert await app.fetchval("SELECT 'Ä' < 'Z', lower('ÄÖ')") is False
        assert await app.fetchval("SELECT lower('ÄÖ')") == "äö"


async def test_only_this_machine_can_connect_and_secrets_are_private(house: House) -> None:
    house.started()
    secrets = house.folder / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(house.cluster.stat().st_mode) == 0o700
    assert processes.command_of(house.servers[0].process.pid).count("passw") == 0  # type: ignore[union-attr]


async def test_the_data_survives_a_clean_stop(house: House) -> None:
    server = house.started()
    await write_a_row(server)
    server.stop()
    assert await row_is_kept(house.started())


async def test_the_data_survives_kill_9_of_the_server(house: House) -> None:
    server = house.started()
    await write_a_row(server)
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert (house.cluster / "postmaster.pid").exists()
    assert await row_is_kept(house.started())


async def test_an_orphan_left_by_a_killed_supervisor_is_ended_first(house: House) -> None:
    orphan = house.started()
    await write_a_row(orphan)
    heir = house.started()
    assert orphan.process is not None
    assert orphan.process.wait(10) == 0
    assert await row_is_kept(heir)


async def test_a_stale_pid_that_another_program_got_does_not_matter(house: House) -> None:
    server = house.started()
    await write_a_row(server)
    server.stop()
    (house.cluster / "postmaster.pid").write_text(f"{os.getpid()}\nwhatever\n")
    assert await row_is_kept(house.started())


async def test_a_port_that_was_taken_meanwhile_is_replaced(house: House) -> None:
    server = house.started()
    await write_a_row(server)
    port = server.port
    server.stop()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        server.start()
        assert server.port != port
        assert await row_is_kept(server)


async def test_a_restart_keeps_the_port_so_that_addresses_stay_true(house: House) -> None:
    server = house.started()
    port = server.port
    server.stop()
    server.start()
    assert server.port == port


async def test_a_half_made_cluster_is_made_anew(house: House) -> None:
    home = lodging.find_lodging(house.folder / "postgres")
    (home.room("cluster.making") / "PG_VERSION").write_text("18")
    server = house.started()
    async with connection(server.url) as app:
        assert await app.fetchval("SELECT 1") == 1
    assert not (home.folder / "cluster.making").exists()


async def test_lost_passwords_are_replaced_and_the_data_stays(house: House) -> None:
    server = house.started()
    await write_a_row(server)
    server.stop()
    (house.folder / "secrets.json").unlink()
    assert await row_is_kept(house.started())


def test_a_cluster_of_another_version_is_left_alone(house: House) -> None:
    house.started().stop()
    (house.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerTrouble, match="made by PostgreSQL 14"):
        house.server().start()


def test_a_server_that_cannot_start_says_why(house: House) -> None:
    server = house.started()
    server.stop()
    shutil.rmtree(house.cluster / "global")
    with pytest.raises(ServerTrouble, match="global"):
        house.server().start()


async def test_any_postgresql_of_the_machine_will_do(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    for found in installed():
        house = House(tmp_path_factory.mktemp("house"))
        try:
            server = house.server(chosen=found.folder)
            server.start()
            await write_a_row(server)
            assert await row_is_kept(server)
        finally:
            house.tear_down()


def test_a_folder_without_postgresql_is_named(house: House, tmp_path: Path) -> None:
    with pytest.raises(ServerTrouble, match="BOXOFFICE_POSTGRES_BIN"):
        house.server(chosen=tmp_path).start()


def test_the_wheel_brings_a_postgresql(house: House) -> None:
    assert find_binaries().version >= 18


def test_the_server_never_runs_as_root(house: House) -> None:
    server = house.started()
    assert server.process is not None
    assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0
    assert Path(f"/proc/{server.process.pid}/cwd").resolve() == house.cluster
