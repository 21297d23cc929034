"""One HTTP server process: `python -m boxoffice.cli.server`; its environment says where to listen.

Granian runs inside this very process, so that whoever started it can stop, kill and measure it as
one.
Several such processes may share a port: the kernel deals out the connections.
"""

import asyncio
import os
import resource
import signal
import sys

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from boxoffice.app.web import create
from boxoffice.cli.configured import settings_of
from boxoffice.cli.failure import ending

HOST, PORT = "BOXOFFICE_HOST", "BOXOFFICE_PORT"
# Connections waiting in the kernel to be accepted.
_BACKLOG = 2048
# Open connections before we stop accepting more: most of them rest. Those that do not are turned
# away by the gateway, which knows what they want; nobody is left without an answer.
_CONNECTIONS = 16_384
# Files that are no connection: the database, the logs, the parts of the program.
_OTHER_FILES = 256


def main() -> None:
    """Serve until SIGTERM or SIGINT; requests being answered are finished first."""
    settings_of(os.environ)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        stopped_by_signal = runner.run(_serve())
    sys.exit(0 if stopped_by_signal else 1)


async def _serve() -> bool:
    server = Server(
        create,
        factory=True,
        address=os.environ.get(HOST, "127.0.0.1"),
        port=int(os.environ.get(PORT, "8000")),
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_connections(),
        log_level=LogLevels.error,
    )
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, server, told)
    await server.serve()
    return told.is_set()


def _connections() -> int:
    """As many as the operating system lets this process have open."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    files = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(files, now), most))
    return max(files - _OTHER_FILES, 1)


def _stop(server: Server, told: asyncio.Event) -> None:
    told.set()
    server.stop()


if __name__ == "__main__":
    ending(main)
