"""The worker process: `boxoffice worker`; the supervisor runs `python -m boxoffice.cli.work`."""

import asyncio
import os
import signal
from collections.abc import Mapping

import uvloop

from boxoffice.app.work import build_worker
from boxoffice.cli.configured import settings_of
from boxoffice.cli.failure import ending
from boxoffice.settings import Settings


def work(environ: Mapping[str, str]) -> None:
    """Deliver facts and run periodic jobs until SIGTERM or SIGINT; what has begun is finished."""
    settings = settings_of(environ)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with build_worker(settings) as worker:
        await worker.run(stop)


if __name__ == "__main__":
    ending(lambda: work(os.environ))
