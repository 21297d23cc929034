"""Who may do what in an organizer's team."""

from typing import Literal, get_args

from boxoffice.kernel.permissions import ORGANIZER_PERMISSIONS, Permission
from boxoffice.kernel.refusals import Conflict

Role = Literal["owner", "manager", "marketing", "finance", "support", "door", "read_only"]
ROLES: tuple[Role, ...] = get_args(Role)

_LOOK = {Permission.ORGANIZER_READ, Permission.EVENTS_READ}
_GRANTS: dict[Role, frozenset[Permission]] = {
    "owner": ORGANIZER_PERMISSIONS,
    "manager": ORGANIZER_PERMISSIONS - {Permission.MEMBERS_MANAGE},
    "marketing": frozenset(_LOOK | {Permission.EVENTS_WRITE}),
    "finance": frozenset(_LOOK | {Permission.ORDERS_READ, Permission.ORDERS_WRITE}),
    "support": frozenset(_LOOK | {Permission.ORDERS_READ, Permission.SUPPORT}),
    "door": frozenset(_LOOK | {Permission.SCAN}),
    "read_only": frozenset(_LOOK | {Permission.ORDERS_READ}),
}


class LastOwner(Conflict):
    code = "last_owner"
    message = "An organizer needs an owner: make somebody else one first."


def permissions_of(role: Role) -> frozenset[Permission]:
    """What the role grants in its organizer."""
    return _GRANTS[role]


def roles_with(permission: Permission) -> list[Role]:
    """The roles that grant `permission`."""
    return [role for role in ROLES if permission in _GRANTS[role]]


def demand_owner_left(*, owners: int) -> None:
    """`owners` is how many can sign in after the change; `LastOwner` for none."""
    if owners == 0:
        raise LastOwner
