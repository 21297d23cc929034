"""The worker's engine: runs listeners and periodic jobs, with retries, backoff and a parked state.

A delivery that fails is tried again after 1, 2, 4 … seconds, at most five minutes apart; after
`MAX_ATTEMPTS` it is parked (`status = 'failed'`) until somebody requeues it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.core.applications import PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.domain.models import Job, Schedule

from boxoffice.data.courtesy import Courtesy
from boxoffice.data.deliveries import AlreadyDone, Delivery, Listener, Periodic
from boxoffice.data.job_queue import queries_over
from boxoffice.data.postgres import APP_ROLE, Database
from boxoffice.data.relay import Parcel, Relay
from boxoffice.kernel.facts import decode_fact

MAX_ATTEMPTS = 12
BATCH = 10

log = structlog.get_logger(__name__)


class Worker:
    """Everything that happens behind the answer: one process, any number of them."""

    def __init__(
        self,
        db: Database,
        *,
        listeners: Sequence[Listener],
        periodics: Sequence[Periodic],
        courtesy: Courtesy | None = None,
    ) -> None:
        self._db = db
        self._courtesy = courtesy
        self._listeners = listeners
        self._periodics = periodics

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; running jobs are finished first."""
        connect: Any = asyncpg.connect
        connection = await connect(
            self._db.settings.url, server_settings={"role": APP_ROLE, "application_name": "worker"}
        )
        try:
            queuer = self._queuer(connection)
            relay = asyncio.create_task(Relay(self._db, self._listeners).run(stop))
            stopper = asyncio.create_task(_shut_down_when(stop, queuer))
            runner = asyncio.create_task(
                queuer.run(
                    dequeue_timeout=timedelta(seconds=5),
                    batch_size=BATCH,
                    max_concurrent_tasks=2 * BATCH,
                )
            )
            await _until_first_ends(relay, stopper, runner)
        finally:
            await connection.close()

    def _queuer(self, connection: Any) -> PgQueuer:
        driver = AsyncpgDriver(connection)
        queuer = PgQueuer(connection=driver, queries=queries_over(driver))
        for listener in self._listeners:
            queuer.entrypoint(
                listener.name,
                on_failure="hold",
                accepts_context=False,
                executor_factory=partial(
                    DatabaseRetryEntrypointExecutor, max_attempts=MAX_ATTEMPTS
                ),
            )(job_for(listener, None if listener.urgent else self._courtesy))
        for periodic in self._periodics:
            queuer.schedule(periodic.name, periodic.schedule, clean_old=True)(_tick_for(periodic))
        return queuer


def job_for(
    listener: Listener, courtesy: Courtesy | None = None
) -> Callable[[Job], Awaitable[None]]:
    """The job that hands one fact to the listener; a repeat is a success."""

    async def run(job: Job) -> None:
        if courtesy is not None:
            await courtesy.turn()
        parcel = msgspec.json.decode(job.payload or b"", type=Parcel)
        delivery = Delivery(
            fact_id=parcel.fact_id, listener=listener.name, attempt=job.attempts + 1
        )
        try:
            await listener.handle(decode_fact(listener.fact, bytes(parcel.fact)), delivery)
        except AlreadyDone:
            log.info("delivery_repeated", listener=listener.name, fact_id=str(parcel.fact_id))

    return run


def _tick_for(periodic: Periodic) -> Callable[[Schedule], Awaitable[None]]:
    async def run(_: Schedule) -> None:
        await periodic.run()

    return run


async def _shut_down_when(stop: asyncio.Event, queuer: PgQueuer) -> None:
    await stop.wait()
    queuer.shutdown.set()
    await asyncio.sleep(3600)


async def _until_first_ends(*tasks: "asyncio.Task[None]") -> None:
    """Wait for the runner's or the relay's end; the others are cancelled; an error is raised."""
    relay, stopper, runner = tasks
    done, _ = await asyncio.wait({relay, runner}, return_when=asyncio.FIRST_COMPLETED)
    if relay in done and relay.exception() is None:
        await runner
    for task in (relay, stopper, runner):
        task.cancel()
    outcomes = await asyncio.gather(relay, runner, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
