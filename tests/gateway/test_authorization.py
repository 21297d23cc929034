"""Every operation declares who may use it, and nobody else gets to its handler."""

from pathlib import Path

import pytest
from litestar import get

from boxoffice.gateway.operations import UndeclaredOperation
from boxoffice.kernel.actors import Membership
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from tests.gateway.edge import API, Edge, application_of


def member_url(organizer: str = "kulturhaus") -> str:
    return f"{API}/organizers/{organizer}/members/{new_id()}"


async def test_an_operation_without_permission_keeps_the_application_from_starting(
    edge: Edge, web_folder: Path
) -> None:
    @get("/forgotten")
    async def forgotten() -> None: ...

    with pytest.raises(
        UndeclaredOperation, match=r"GET /api/v1/forgotten \(forgotten\) .*permission"
    ):
        application_of(edge, web_folder, forgotten)


async def test_a_permission_must_be_one_of_ours(edge: Edge, web_folder: Path) -> None:
    @get("/invented", opt={"permission": "public"})
    async def invented() -> None: ...

    with pytest.raises(UndeclaredOperation, match="invented"):
        application_of(edge, web_folder, invented)


async def test_a_member_with_the_permission_passes(edge: Edge) -> None:
    token = edge.accounts.sign_in(Permission.MEMBERS_MANAGE)
    answer = await edge.client(authorization=f"Bearer {token}").delete(member_url())
    assert answer.status_code == 204
    assert edge.ledger.effects == 1


REFUSED = {
    "nobody": ((), "kulturhaus", 401),
    "an account without a team": ((), "kulturhaus", 404),
    "a member without the permission": ((Permission.EVENTS_READ,), "kulturhaus", 403),
    "a member of another organizer": ((Permission.MEMBERS_MANAGE,), "rival", 404),
    "a member asking for an unknown organizer": ((Permission.MEMBERS_MANAGE,), "nobody", 404),
}


@pytest.mark.parametrize("who", REFUSED)
async def test_nobody_else_reaches_the_handler(edge: Edge, who: str) -> None:
    permissions, organizer, status = REFUSED[who]
    token = edge.accounts.sign_in(*permissions)
    headers = {} if who == "nobody" else {"authorization": f"Bearer {token}"}
    answer = await edge.client(**headers).delete(member_url(organizer))
    assert answer.status_code == status
    assert edge.ledger.effects == 0


async def test_a_foreign_organizer_looks_like_one_that_does_not_exist(edge: Edge) -> None:
    token = edge.accounts.sign_in(Permission.MEMBERS_MANAGE)
    client = edge.client(authorization=f"Bearer {token}")
    foreign, missing = (
        await client.delete(member_url("rival")),
        await client.delete(member_url("x")),
    )
    assert foreign.status_code == missing.status_code == 404


async def test_the_platform_is_for_its_admins(edge: Edge) -> None:
    admin, other = edge.accounts.sign_in(platform_admin=True), edge.accounts.sign_in()
    for token, status in ((admin, 200), (other, 404)):
        client = edge.client(authorization=f"Bearer {token}")
        assert (await client.get(f"{API}/platform")).status_code == status
    assert (await edge.client().get(f"{API}/platform")).status_code == 401


async def test_a_right_granted_a_moment_ago_counts_although_memory_says_otherwise(
    edge: Edge,
) -> None:
    token = edge.accounts.sign_in()
    edge.accounts.remembered[token] = edge.accounts.actors[token]
    membership = Membership(
        organizer_id=edge.accounts.organizers["kulturhaus"],
        slug="kulturhaus",
        role="owner",
        permissions=frozenset([Permission.MEMBERS_MANAGE]),
    )
    now = edge.accounts.actors[token]
    edge.accounts.actors[token] = type(now)(user_id=now.user_id, memberships=(membership,))
    answer = await edge.client(authorization=f"Bearer {token}").delete(member_url())
    assert answer.status_code == 204


async def test_a_method_override_changes_nothing(edge: Edge) -> None:
    token = edge.accounts.sign_in(Permission.MEMBERS_MANAGE)
    client = edge.client(authorization=f"Bearer {token}")
    for name in ("x-http-method-override", "x-method-override", "x-http-method"):
        answer = await client.get(f"{API}/things?_method=DELETE", headers={name: "DELETE"})
        assert answer.status_code == 200
        answer = await client.get(member_url(), headers={name: "DELETE"})
        assert answer.status_code == 405
    assert edge.ledger.effects == 0
