"""`boxoffice migrate`."""

from collections.abc import Mapping

from boxoffice.cli.configured import configured
from boxoffice.data.migrate import migrate_now


def migrate(environ: Mapping[str, str]) -> None:
    """Bring the database to this version's schema, as its owner."""
    with configured(environ) as settings:
        migrate_now(settings.database)
