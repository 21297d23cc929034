"""What support does when another service reports a fact: nothing yet."""

from boxoffice.data.deliveries import Listener
from boxoffice.services.support.api import Support


def listeners(_: Support) -> list[Listener]:
    """Support's listeners."""
    return []
