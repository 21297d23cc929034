"""`boxoffice demo`."""

import asyncio
from collections.abc import Mapping

from boxoffice import demo as demo_data
from boxoffice.cli.configured import configured
from boxoffice.cli.logins import Logins, logins_of
from boxoffice.data.embedded.folder import DataFolder
from boxoffice.data.migrate import migrate_now


def demo(environ: Mapping[str, str]) -> Logins:
    """Migrate, then load what there is to see; what is already there stays as it is."""
    logins = logins_of(DataFolder.of(environ).vault)
    with configured(environ) as settings:
        migrate_now(settings.database)
        asyncio.run(
            demo_data.load(
                settings,
                organizer_email=logins.organizer.email,
                organizer_password=logins.organizer.password,
                admin_email=logins.admin.email,
                admin_password=logins.admin.password,
            )
        )
    return logins
