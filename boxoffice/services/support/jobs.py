"""Support's clockwork: conversations need none."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.support.api import Support


def periodic(_: Support) -> list[Periodic]:
    """Support's periodic jobs."""
    return []
