"""The embedded Valkey, seen through its client."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from valkey import Valkey
from valkey.exceptions import AuthenticationError

from bench.folders import open_folder
from boxoffice.data.embedded import processes
from boxoffice.data.embedded.valkey import EmbeddedValkey
from boxoffice.data.embedded.vault import Vault


@pytest.fixture
def server() -> Iterator[EmbeddedValkey]:
    with open_folder() as folder:
        server = EmbeddedValkey(
            folder / "valkey", vault=Vault(folder / "secrets.json"), log=folder / "valkey.log"
        )
        server.start()
        yield server
        server.stop()


def test_it_keeps_and_counts(server: EmbeddedValkey) -> None:
    with Valkey.from_url(server.url) as client:
        client.set("key", "value", ex=60)
        assert client.get("key") == b"value"
        assert client.incr("counter") == 1


def test_without_the_password_nobody_gets_in(server: EmbeddedValkey) -> None:
    with (
        Valkey(port=server.port, password="guess") as client,
        pytest.raises(AuthenticationError),
    ):
        client.ping()


def test_the_password_does_not_show_in_the_process_list(server: EmbeddedValkey) -> None:
    password = server.url.split(":")[2].split("@")[0]
    assert server.process is not None
    assert password not in processes.command_of(server.process.pid)


def test_it_never_runs_as_root(server: EmbeddedValkey) -> None:
    assert server.process is not None
    assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0


def test_after_kill_9_it_comes_back_empty_at_the_same_address(server: EmbeddedValkey) -> None:
    url = server.url
    with Valkey.from_url(url) as client:
        client.set("key", "value")
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.start()
    assert server.url == url
    with Valkey.from_url(url) as client:
        assert client.get("key") is None
