"""Members of a stage's team, signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from boxoffice.kernel.ids import new_id
from tests.support.product import Product
from tests.support.stage import Stage

PASSWORD = "seven quiet otters in a row"


@asynccontextmanager
async def staff_of(
    product: Product, stage: Stage, *, role: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client with a bearer token of a member with that role."""
    email = f"{role}-{new_id().hex}@example.org"
    users = product.services.users
    user_id = await users.provisioning.ensure_account(email=email, name=role, password=PASSWORD)
    async with product.services.db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "INSERT INTO users.members (organizer_id, id, user_id, role) VALUES ($1, $2, $3, $4)",
            (stage.organizer_id, new_id(), user_id, role),
        )
    async with product.visitor() as client:
        session = await client.post(
            "/api/v1/auth/login", json={"email": email, "password": PASSWORD}
        )
        client.cookies.clear()
        client.headers["authorization"] = f"Bearer {session.json()['access_token']}"
        yield client
