"""Recipes: registering for early access."""

from typing import Any
from uuid import UUID

from tests.races.ring import BOB, Recipes, Ring, Shot
from tests.support.shop import Json, done

RECIPES = Recipes()
TERMS = {
    "opens_at": "2026-01-01T00:00:00Z",
    "closes_at": "2031-01-01T00:00:00Z",
    "window_starts_at": "2031-01-02T00:00:00Z",
    "window_minutes": 1440,
    "mode": "first_come",
    "max_tickets": 4,
}


async def _open(ring: Ring) -> tuple[str, Json]:
    """Where one registers, and with what."""
    await ring.shop.add("Regular", sales_start="2031-01-10T00:00:00Z")
    done(await ring.staff.put(f"{ring.shop.event}/presale", json=TERMS))
    body = {"event_id": str(ring.shop.stage.event_id), "email": BOB, "name": "Bob"}
    return ring.shop.orders.replace("/orders", "/presale-registrations"), body


async def _registered(ring: Ring) -> tuple[UUID, str]:
    """A registration and the path of its link."""
    path, body = await _open(ring)
    done(await ring.ada.post(path, json=body), 202)
    organizer = ring.shop.stage.organizer_id
    async with ring.shop.db.begin(organizer) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT id FROM bookings.presale_registrations WHERE organizer_id = $1 "
            "ORDER BY id DESC LIMIT 1",
            (organizer,),
        )
        own_id: UUID = rows.scalar_one()
    bookings: Any = ring.shop.product.services.bookings
    one = await bookings.presale_registration(organizer, own_id)
    return own_id, f"/api/v1/presale-links/{one.token}"


async def _confirmed(ring: Ring) -> tuple[UUID, str]:
    own_id, path = await _registered(ring)
    done(await ring.ada.post(f"{path}/confirm"))
    return own_id, path


@RECIPES.race("register_for_presale")
async def register_for_presale(ring: Ring) -> Shot:
    path, body = await _open(ring)
    again = ("fact bookings.presale_registration_moved.v1",)  # is another mail with the link
    return Shot(ring.ada, "POST", path, body, notes=again)


@RECIPES.race("confirm_presale_registration")
async def confirm_presale_registration(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _registered(ring))[1]}/confirm")


@RECIPES.race("withdraw_presale_registration")
async def withdraw_presale_registration(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _confirmed(ring))[1]}/withdraw")


@RECIPES.race("draw_presale")
async def draw_presale(ring: Ring) -> Shot:
    await _confirmed(ring)
    return Shot(ring.staff, "POST", f"{ring.shop.event}/presale/draw")


@RECIPES.race("remove_presale_registration")
async def remove_presale_registration(ring: Ring) -> Shot:
    own_id, _ = await _confirmed(ring)
    path = f"{ring.shop.event}/presale/registrations/{own_id}/remove"
    return Shot(ring.staff, "POST", path)
