"""The product with a database of its own, its real worker, and a real mail server."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.domain.types import JobId

from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.data.job_queue import queries_over
from boxoffice.data.jobs import Worker
from boxoffice.services.bookings.facts import OrderConfirmed
from boxoffice.services.notifications.api import MailSettings, Notifications, mailer_for
from boxoffice.services.notifications.handlers import listeners
from tests.services.notifications.mail_server import MailServer
from tests.services.support.desk import Desk, open_desk
from tests.support.house import bare_environment
from tests.support.product import Product, environment_for, once, order_of

SENDER = "Boxoffice <tickets@boxoffice.test>"
_PATIENCE = 30.0


class PostOffice:
    """Workers are started by the test, any number; the outbox is this test's alone."""

    def __init__(self, product: Product, mail_server: MailServer) -> None:
        self.product = product
        self.mail_server = mail_server
        self.db = product.services.db

    async def desk(self) -> Desk:
        return await open_desk(self.product)

    async def buy(
        self, desk: Desk, email: str, *, quantity: int = 1, **buyer: str
    ) -> dict[str, Any]:
        """A confirmed order over HTTP."""
        body = order_of(desk.stage, quantity=quantity)
        body["buyer"] = {"email": email, "name": "Ada Lovelace"} | buyer
        answer = await self.product.visitor().post(f"{desk.path}/orders", json=body, headers=once())
        assert answer.status_code == 201, answer.text
        return answer.json()

    @asynccontextmanager
    async def notifying(self) -> AsyncIterator[Notifications]:
        """Notifications of one process, with a connection to the mail server of its own."""
        services = self.product.services
        mailer = mailer_for(MailSettings(smtp_url=self.mail_server.url, sender=SENDER), self.db)
        try:
            yield Notifications(
                db=self.db,
                keyring=services.keyring,
                mailer=mailer,
                users=services.users,
                bookings=services.bookings,
                payments=services.payments,
                support=services.support,
                sender=SENDER,
                public_url=services.settings.public_url,
            )
        finally:
            await mailer.close()

    @asynccontextmanager
    async def working(self, *more: Listener) -> AsyncIterator["asyncio.Task[None]"]:
        """A worker with the listeners of notifications and `more`; it ends with the block."""
        async with self.notifying() as notifications:
            ours = listeners(notifications)
            worker = Worker(self.db, listeners=[*ours, *more], periodics=[])
            stop = asyncio.Event()
            running = asyncio.create_task(worker.run(stop))
            try:
                yield running
            finally:
                stop.set()
                await asyncio.gather(running, return_exceptions=True)

    @asynccontextmanager
    async def worker_process(self) -> AsyncIterator["asyncio.Future[int]"]:
        """`boxoffice worker` as a process of its own, killed (SIGKILL) at the end of the block."""
        settings = self.product.services.settings
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "boxoffice.cli.work",
            env=bare_environment()
            | environment_for(
                settings.database,
                redis_url=settings.redis_url,
                data=settings.data,
                BOXOFFICE_SMTP_URL=self.mail_server.url,
            ),
        )
        ended = asyncio.ensure_future(process.wait())
        try:
            yield ended
        finally:
            process.kill()
            await ended

    async def work(self, *more: Listener) -> None:
        """Let a worker do all that is to be done, failures included until they are parked."""
        async with self.working(*more) as worker:
            await self.until(self.idle, worker)

    async def idle(self) -> bool:
        """Nothing to relay and no job waiting or running."""
        (left,) = await self.row(
            "SELECT (SELECT count(*) FROM data.outbox WHERE relayed_at IS NULL) + "
            "(SELECT count(*) FROM data.pgqueuer WHERE status IN ('queued', 'picked'))"
        )
        return left == 0

    async def until(
        self, wanted: Callable[[], Awaitable[bool]], worker: "asyncio.Future[Any]"
    ) -> None:
        """Wait for what the worker brings about, while it works and for at most half a minute."""
        async with asyncio.timeout(_PATIENCE):
            while not await wanted():
                await asyncio.wait([worker], timeout=0.05)
                assert not worker.done(), worker

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        async with self.db.begin_as_platform("test") as tx:
            result = await tx.connection.exec_driver_sql(sql, values)
            return list(result.all()) if result.returns_rows else []

    async def row(self, sql: str, *values: Any) -> Any:
        (only,) = await self.rows(sql, *values)
        return only

    async def deliveries(self, template: str = "order_confirmed") -> list[tuple[str, int]]:
        """Status and attempts of each delivery to customers of organizers."""
        rows = await self.rows(
            "SELECT status, attempts FROM notifications.deliveries WHERE template = $1 ORDER BY id",
            template,
        )
        return [tuple(row) for row in rows]

    async def deliver_again(self) -> None:
        """Relay every fact once more, as a relay that died before its commit would."""
        await self.rows("UPDATE data.outbox SET relayed_at = NULL")

    async def expire_heartbeats(self) -> None:
        """Make running jobs look as if their worker had died."""
        await self.rows("UPDATE data.pgqueuer SET heartbeat = now() - interval '1 hour'")

    async def parked(self) -> list[int]:
        """The ids of parked jobs."""
        rows = await self.rows("SELECT id FROM data.pgqueuer WHERE status = 'failed' ORDER BY id")
        return [row.id for row in rows]

    async def requeue(self, jobs: list[int]) -> None:
        """What an operator does with parked jobs once the cause is gone."""
        connect: Any = asyncpg.connect
        connection = await connect(self.db.settings.owner_url)
        try:
            queries = queries_over(AsyncpgDriver(connection))
            await queries.requeue_jobs([JobId(job) for job in jobs])
        finally:
            await connection.close()


class Recorder(msgspec.Struct):
    """A listener on confirmed orders that does nothing but remember."""

    heard: list[UUID] = msgspec.field(default_factory=list)

    @property
    def listener(self) -> Listener:
        return Listener(name="test.recorder", fact=OrderConfirmed, handle=self._hear)

    async def _hear(self, fact: OrderConfirmed, _: Delivery) -> None:
        self.heard.append(fact.order_id)
