"""Deliveries: one fact on its way to one listener. Each may arrive twice and acts once."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base
from boxoffice.kernel.facts import Fact


class DeliveredRow(Base):
    """Which listener has acted on which fact."""

    __tablename__ = "delivered"
    __table_args__ = ({"schema": "data"},)

    fact_id: Mapped[UUID] = mapped_column(primary_key=True)
    listener: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), server_default=func.now())


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """`attempt` counts from 1."""

    fact_id: UUID
    listener: str
    attempt: int = 1


class AlreadyDone(Exception):
    """This listener has acted on this fact before; the relay treats it as success."""


class Listener(msgspec.Struct, frozen=True, kw_only=True):
    """`handle(fact, delivery)` runs for every fact of type `fact`; at most `concurrency` at a time.

    `name` (`notifications.mail_tickets`) is stored with deliveries, so it never changes. What is
    `urgent` overtakes everything else that waits, and does not wait for a quiet moment: money and
    stock before mail.
    """

    name: str
    fact: type[Fact]
    handle: Callable[[Any, Delivery], Awaitable[None]]
    concurrency: int = 4
    urgent: bool = False


class Periodic(msgspec.Struct, frozen=True, kw_only=True):
    """`run()` is called on the cron `schedule` (five fields, or six with seconds first... last
    field weekday).
    """

    name: str
    schedule: str
    run: Callable[[], Awaitable[None]]


async def claim_delivery(connection: AsyncConnection, delivery: Delivery) -> None:
    """Insert the mark; `AlreadyDone` if it stands. Waits while a rival's transaction is open."""
    taken = await connection.exec_driver_sql(
        "INSERT INTO data.delivered (fact_id, listener) VALUES ($1, $2) "
        "ON CONFLICT DO NOTHING RETURNING 1",
        (delivery.fact_id, delivery.listener),
    )
    if taken.first() is None:
        raise AlreadyDone(delivery.listener)
