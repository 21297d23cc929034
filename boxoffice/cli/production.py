"""`boxoffice serve`: only HTTP servers; databases, worker and mail are somebody else's to run."""

from typing import NoReturn

from boxoffice.cli import members
from boxoffice.cli.announcement import announcement
from boxoffice.cli.failure import ExitCode, Failure
from boxoffice.cli.run import Run, say

_NEEDED = ("BOXOFFICE_DATABASE_URL", "BOXOFFICE_REDIS_URL")


def run_production(run: Run) -> NoReturn:
    """Serve with the servers that the environment names. Raises `Failure` if it names too few."""
    missing = [name for name in _NEEDED if not run.environment.get(name)]
    if missing:
        raise Failure(
            ExitCode.SETTINGS,
            f"{' and '.join(missing)} must be set in production; "
            "`boxoffice serve --development` brings servers of its own.",
        )
    run.demand_port()
    run.open_doors([members.server(run.environment, log=None) for _ in range(run.options.workers)])
    say(announcement(run.folder, run.environment, logins=None))
    run.supervisor.watch()
