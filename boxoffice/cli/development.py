"""`boxoffice serve --development`: the whole house on one machine, with servers of its own."""

import sys
from pathlib import Path
from typing import NoReturn

import boxoffice
from boxoffice.cli import members
from boxoffice.cli.announcement import announcement
from boxoffice.cli.failure import Failure
from boxoffice.cli.logins import Logins, logins_of
from boxoffice.cli.reloading import Changes
from boxoffice.cli.run import Mode, Run, code_of, say, words_of
from boxoffice.cli.stack import OwnServer, PracticeCompany, own_servers
from boxoffice.cli.supervisor import Child
from boxoffice.data.embedded.processes import Program

_PACKAGE = Path(boxoffice.__file__).parent
# An earlier run that was killed may take this long to let go of the port.
_OLD_RUN_PATIENCE = 20.0


def run_development(run: Run) -> NoReturn:
    """Servers first, then the database's contents, then ours. Raises `Failure`, `ServerTrouble`."""
    run.demand_port(patience=_OLD_RUN_PATIENCE if run.folder.announced() else 0)
    for server in own_servers(run.folder, run.environment):
        _start_own(run, server)
    if not run.environment.get("BOXOFFICE_PAYMENTS"):
        _start_own(run, PracticeCompany(run.folder, web_port=run.options.port))
    run.folder.announce(_ours(run))
    _prepare(run)
    hot = run.options.mode == Mode.HOT
    run.supervisor.start(members.worker(run.environment, None if hot else run.folder.log("worker")))
    log = None if hot else run.folder.log("server")
    run.open_doors([members.server(run.environment, log) for _ in range(run.options.workers)])
    say(announcement(run.folder, run.environment, logins=_logins(run)))
    if hot:
        _watch_changes(run)
    run.supervisor.watch()


def _start_own(run: Run, server: OwnServer) -> None:
    say(f"Starting {server.name} …")
    run.supervisor.start(server)
    run.environment |= server.environment


def _logins(run: Run) -> Logins | None:
    return logins_of(run.folder.vault) if run.options.first_step == "demo" else None


def _ours(run: Run) -> dict[str, str]:
    return {name: value for name, value in run.environment.items() if name.startswith("BOXOFFICE_")}


def _prepare(run: Run) -> None:
    say("Preparing the database …")
    step = Child(
        "preparation",
        Program(
            command=[sys.executable, "-m", "boxoffice.cli", run.options.first_step],
            environment=run.environment,
            log=run.folder.log("preparation"),
        ),
    )
    step.start()
    if step.process is None or step.process.wait() != 0:
        raise Failure(code_of(step), f"The database cannot be prepared: {words_of(step)}")


def _watch_changes(run: Run) -> NoReturn:
    """Restart server and worker whenever the package changes; Vite reloads the web app itself."""
    checkout = _PACKAGE.parent
    if (checkout / "web" / "package.json").exists():
        run.supervisor.start(members.web(run.environment, checkout))
    changes = Changes(_PACKAGE)

    def look() -> None:
        if changes.any():
            say("The source changed; starting anew …")
            run.supervisor.restart(members.WORKER)
            run.supervisor.restart(members.SERVER)

    run.supervisor.watch(look)
