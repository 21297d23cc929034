"""`python -m boxoffice.practice`: open the book, serve until told to stop."""

import argparse
import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server as Granian

from boxoffice.practice import clockwork, signing
from boxoffice.practice.book import Book
from boxoffice.practice.server import Server

_EPILOG = """\
Secrets belong into the environment, where other users do not see them:
BOXOFFICE_PRACTICE_KEY (the API key) and BOXOFFICE_PRACTICE_WEBHOOK_SECRETS (`whsec_…`, several
separated by commas while one is being rotated: every webhook is signed with all of them)."""


def main() -> None:
    """Exit code 0 when stopped by a signal, 2 when it cannot start, with a sentence why."""
    options = _options()
    try:
        _check_port(options.host, options.port)
        options.data.mkdir(parents=True, exist_ok=True)
        book = Book(options.data / "practice.sqlite")
        secrets = [signing.secret_bytes(secret) for secret in options.webhook_secrets]
    except (OSError, sqlite3.Error, signing.BadSecret) as error:
        sys.exit(_cannot_start(options, error))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(options, book, secrets))


async def _serve(options: argparse.Namespace, book: Book, secrets: list[bytes]) -> None:
    settler_alarm, courier_alarm = clockwork.Alarm(), clockwork.Alarm()
    settler = clockwork.Settler(book, courier_alarm=courier_alarm)
    courier = clockwork.Courier(book, url=options.webhook_url, secrets=secrets)
    work = [asyncio.create_task(clockwork.run(settler_alarm, settler.turn))]
    if options.webhook_url:
        work.append(asyncio.create_task(clockwork.run(courier_alarm, courier.turn)))
    server = _listen(options, Server(book, key=options.key, alarms=(settler_alarm, courier_alarm)))
    _on_signal(server.stop)
    for task in work:
        task.add_done_callback(lambda _: server.stop())
    await server.serve()
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    book.close()


def _listen(options: argparse.Namespace, application: Any) -> Granian:
    return Granian(
        application,
        address=options.host,
        port=options.port,
        interface=Interfaces.RSGI,
        websockets=False,
        log_enabled=False,
    )


def _on_signal(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _check_port(host: str, port: int) -> None:
    # The listening socket shares its port with any other that allows it, so ask for it alone first.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _cannot_start(options: argparse.Namespace, error: Exception) -> str:
    return (
        f"The practice card company cannot start with its book in {options.data}"
        f" on {options.host}:{options.port}: {error}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m boxoffice.practice",
        description="A card company to practise with: no real money moves.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of its durable book")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--webhook-url", default="", help="`{merchant}` becomes the merchant")
    parser.add_argument("--key", default=os.environ.get("BOXOFFICE_PRACTICE_KEY", ""))
    options = parser.parse_args()
    if len(options.key) < 16:
        parser.error("an API key of at least 16 characters is needed: set BOXOFFICE_PRACTICE_KEY")
    listed = os.environ.get("BOXOFFICE_PRACTICE_WEBHOOK_SECRETS", "")
    options.webhook_secrets = [secret.strip() for secret in listed.split(",") if secret.strip()]
    if options.webhook_url and not options.webhook_secrets:
        parser.error("webhooks are always signed: set BOXOFFICE_PRACTICE_WEBHOOK_SECRETS")
    return options


if __name__ == "__main__":
    main()
