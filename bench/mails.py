"""How fast tickets go out: `python -m bench.mails`.

The real worker with its queue on a PostgreSQL of its own (durable), and a mail server in a process
of its own that takes everything. Printed are mails a second and where a mail's time goes: wall time
of each step (waiting for its turn included) and CPU time of the steps that compute. Of several
rounds the fastest counts, because neighbours on the machine only ever add.
"""

import argparse
import asyncio
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import wraps
from multiprocessing import Event, Process
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import uvloop
from aiosmtpd.controller import Controller

from bench.folders import open_folder
from bench.processes import descendants
from bench.product import free_port
from bench.run import Swallow
from boxoffice.app.services import Services, running_services
from boxoffice.app.work import build_worker
from boxoffice.data.embedded.postgres import EmbeddedPostgres
from boxoffice.data.embedded.vault import Vault
from boxoffice.data.migrate import migrate
from boxoffice.kernel.actors import SYSTEM, Actor
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.api import Bookings, BuyerView, OrderRequest
from boxoffice.services.bookings.documents import calendar, pdf, qr
from boxoffice.services.events.api import WantedLine
from boxoffice.services.events.bodies import CreateEventBody, FirstTicketBody, VenueBody
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.notifications.deliveries import Deliveries
from boxoffice.services.notifications.mail.transport import SmtpMailer
from boxoffice.services.notifications.post import Post
from boxoffice.settings import Settings

CROWD = 50
WALL, CPU = defaultdict[str, float](float), defaultdict[str, float](float)


def serve_mail(port: int, up: Any, down: Any) -> None:
    """The mail server's process."""
    server = Controller(Swallow(), hostname="127.0.0.1", port=port)
    server.start()
    up.set()
    down.wait()
    server.stop()


@contextmanager
def mail_server() -> Iterator[tuple[int, int]]:
    """Its port and its process."""
    port, up, down = free_port(), Event(), Event()
    process = Process(target=serve_mail, args=(port, up, down), daemon=True)
    process.start()
    up.wait(30)
    try:
        yield port, process.pid or 0
    finally:
        down.set()
        process.join(10)


def watch(owner: Any, name: str, step: str) -> None:
    """Count the wall time of an asynchronous step."""
    real: Callable[..., Awaitable[Any]] = getattr(owner, name)

    @wraps(real)
    async def timed(*args: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return await real(*args, **options)
        finally:
            WALL[step] += time.perf_counter() - start

    setattr(owner, name, timed)


def watch_cpu(owner: Any, name: str, step: str) -> None:
    """Count the CPU time of a step that computes in a thread."""
    real: Callable[..., Any] = getattr(owner, name)

    @wraps(real)
    def timed(*args: Any) -> Any:
        start = time.thread_time()
        try:
            return real(*args)
        finally:
            CPU[step] += time.thread_time() - start

    setattr(owner, name, timed)


def watch_everything() -> None:
    watch(Bookings, "confirmation", "read the order")
    watch(Deliveries, "claim", "claim the delivery")
    watch(SmtpMailer, "send", "SMTP")
    watch(Deliveries, "record_sent", "record the outcome")
    watch_cpu(pdf, "tickets_pdf", "PDF")
    watch_cpu(calendar, "calendar_file", "calendar file")
    watch_cpu(qr, "png", "QR picture")
    watch_cpu(Post, "_write", "render and build the mail")


@asynccontextmanager
async def running_settings(folder: Path, smtp_port: int) -> AsyncIterator[Settings]:
    """Settings for a fresh, migrated database."""
    vault = Vault(folder / "secrets.json")
    postgres = EmbeddedPostgres(folder / "postgres", vault=vault, log=folder / "postgres.log")
    await asyncio.to_thread(postgres.start)
    settings = Settings.load(
        {
            "BOXOFFICE_ENVIRONMENT": "development",
            "BOXOFFICE_DATA": str(folder),
            "BOXOFFICE_DATABASE_URL": postgres.url,
            "BOXOFFICE_DATABASE_OWNER_URL": postgres.owner_url,
            "BOXOFFICE_REDIS_URL": "redis://127.0.0.1:1",
            "BOXOFFICE_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        }
    )
    try:
        await migrate(settings.database)
        yield settings
    finally:
        await asyncio.to_thread(postgres.stop)


async def open_sale(services: Services, *, capacity: int) -> "Sale":
    """A published event with a free ticket."""
    owner = await services.users.provisioning.ensure_account(
        email="owner@example.org", name="Owner", password="seven quiet otters"
    )
    organizer = await services.users.provisioning.ensure_organizer(
        slug="hall", name="The Hall", owner_id=owner
    )
    event = await services.events.editing.create(SYSTEM, organizer.id, an_event(capacity))
    await services.events.publishing.publish(SYSTEM, organizer.id, event.id)
    return Sale(services, organizer.id, event)


def an_event(capacity: int) -> CreateEventBody:
    return CreateEventBody(
        title="An evening of mail",
        starts_at="2031-05-01T19:00",
        ends_at="2031-05-01T22:00",
        timezone="Europe/Berlin",
        venue=VenueBody(name="Kesselhaus", city="Berlin", country="Germany"),
        ticket=FirstTicketBody(name="Standard", price=0, quantity=capacity),
    )


class Sale:
    """Sells without HTTP."""

    def __init__(self, services: Services, organizer_id: UUID, event: ManagedEvent) -> None:
        self._services, self._organizer_id, self._event = services, organizer_id, event

    async def sell(self, *, orders: int, tickets: int) -> None:
        """So many confirmed orders of so many tickets each."""
        for first in range(0, orders, CROWD):
            crowd = range(first, min(first + CROWD, orders))
            await asyncio.gather(*(self._buy(number, tickets) for number in crowd))

    async def _buy(self, number: int, tickets: int) -> None:
        await self._services.bookings.open(
            Actor(visitor_id=new_id()),
            self._organizer_id,
            OrderRequest(
                event_id=self._event.id,
                occurrence_id=None,
                lines=[WantedLine(ticket_type_id=self._event.ticket_types[0].id, quantity=tickets)],
                buyer=BuyerView(email=f"buyer-{number}@example.org", name=f"Buyer {number}"),
                locale="en",
            ),
            once=None,
        )


async def drain(settings: Settings, services: Services) -> tuple[float, float]:
    """Work until nothing is left; wall and CPU seconds of this process."""
    stop = asyncio.Event()
    async with build_worker(settings) as worker:
        start, cpu = time.perf_counter(), time.process_time()
        running = asyncio.create_task(worker.run(stop))
        while not await idle(services):
            await asyncio.wait([running], timeout=0.2)
        spent = time.perf_counter() - start, time.process_time() - cpu
        stop.set()
        await running
    return spent


async def idle(services: Services) -> bool:
    async with services.db.begin_as_platform("bench") as tx:
        left = await tx.connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM data.outbox WHERE relayed_at IS NULL) + "
            "(SELECT count(*) FROM data.pgqueuer WHERE status IN ('queued', 'picked'))"
        )
        return left.scalar_one() == 0


async def run(*, rounds: int, orders: int, tickets: int) -> None:
    with (
        mail_server() as (port, mail_pid),
        open_folder("mails") as folder,
    ):
        async with (
            running_settings(folder, port) as settings,
            running_services(settings, process="bench") as services,
        ):
            sale = await open_sale(services, capacity=rounds * orders * tickets + 1)
            await sale.sell(orders=1, tickets=1)
            await drain(settings, services)  # fonts and templates are loaded once per process
            watch_everything()
            measured: list[Round] = []
            for _ in range(rounds):
                await sale.sell(orders=orders, tickets=tickets)
                measured.append(await one_round(settings, services, mail_pid))
    show(orders, min(measured, key=lambda one: one.wall))
    print("All rounds:", ", ".join(f"{orders / one.wall:.0f}/s" for one in measured))


class Round(NamedTuple):
    """Seconds: by the clock, of CPU by process and by step, and by the clock by step."""

    wall: float
    parts: dict[str, float]
    cpu: dict[str, float]
    walls: dict[str, float]


async def one_round(settings: Settings, services: Services, mail_pid: int) -> Round:
    WALL.clear()
    CPU.clear()
    before = spent_elsewhere(mail_pid)
    wall, cpu = await drain(settings, services)
    after = spent_elsewhere(mail_pid)
    parts = {part: after[part] - before[part] for part in after}
    return Round(wall, {"the worker, all in all": cpu} | parts, dict(CPU), dict(WALL))


def spent_elsewhere(mail_pid: int) -> dict[str, float]:
    """CPU seconds of the database and of the mail server so far."""
    below = {pid: cpu_seconds(pid) for pid in descendants(os.getpid())}
    mail = below.pop(mail_pid)
    return {"the database": sum(below.values()), "the mail server": mail}


def cpu_seconds(pid: int) -> float:
    """Of the process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def show(mails: int, best: Round) -> None:
    each = sum(best.parts.values()) / mails * 1000
    print(f"{mails} mails in {best.wall:.1f} s: {mails / best.wall:.0f}/s, {each:.1f} ms CPU each")
    for title, spent in (("CPU", best.parts), ("CPU", best.cpu), ("wall", best.walls)):
        for step, seconds in sorted(spent.items(), key=lambda one: -one[1]):
            print(f"{step:<30}{seconds / mails * 1000:>9.2f} ms {title} a mail")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="the best one is shown")
    parser.add_argument("--orders", type=int, default=200, help="of each round")
    parser.add_argument("--tickets", type=int, default=1, help="of each order")
    options = vars(parser.parse_args())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(**options))


if __name__ == "__main__":
    main()
