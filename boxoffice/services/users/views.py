"""What users answers with, inside the house and over HTTP."""

from typing import Literal
from uuid import UUID

import msgspec

RoleName = Literal["owner", "manager", "marketing", "finance", "support", "door", "read_only"]


class OrganizerRef(msgspec.Struct, frozen=True, kw_only=True):
    """An organizer as the other services know it."""

    id: UUID
    slug: str
    name: str
    description: str
    contact_email: str | None


OrganizerView = OrganizerRef
