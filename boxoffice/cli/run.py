"""One run of the supervisor: its members, and the environment they share."""

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from boxoffice.cli.failure import ExitCode, Failure
from boxoffice.cli.ports import answers_http, demand_free_port
from boxoffice.cli.supervisor import Child, Supervisor
from boxoffice.data.embedded import processes
from boxoffice.data.embedded.folder import DataFolder

_START_PATIENCE = 60.0


class Mode(StrEnum):
    """What is run besides the HTTP servers: nothing; everything; everything, reloaded on change."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    HOT = "hot"


class Options(NamedTuple):
    """What the operator asked for. `first_step` is the command that prepares the database."""

    mode: Mode
    host: str
    port: int
    workers: int
    first_step: str


class Run:
    """What production and development have in common."""

    def __init__(
        self, options: Options, folder: DataFolder, environment: Mapping[str, str]
    ) -> None:
        self.options, self.folder = options, folder
        self.environment = dict(environment)
        self.supervisor = Supervisor(say)

    def demand_port(self, *, patience: float = 0) -> None:
        """Pass if the port is ours to take, else `Failure`."""
        demand_free_port(self.options.host, self.options.port, patience=patience)

    def open_doors(self, servers: Sequence[Child]) -> None:
        """Start the HTTP servers; return once they answer. Raises `Failure` if they do not."""
        for server in servers:
            self.supervisor.start(server)
        settled = processes.wait_until(
            lambda: has_ended(servers) or answers_http(self.options.port, "/healthz"),
            patience=_START_PATIENCE,
            every=0.05,
        )
        if has_ended(servers) or not settled:
            raise Failure(code_of(servers[0]), f"The server does not start: {words_of(servers[0])}")


def has_ended(children: Sequence[Child]) -> bool:
    """Whether any of them runs no longer."""
    return any(child.process is None or child.process.poll() is not None for child in children)


def code_of(child: Child) -> ExitCode:
    """A wrong setting is the operator's to mend wherever it is noticed."""
    code = child.process and child.process.returncode
    return ExitCode.SETTINGS if code == ExitCode.SETTINGS else ExitCode.PROCESS


def words_of(child: Child) -> str:
    """Where to read why, and its end."""
    log = child.program.log
    if log is None:
        return "the reason stands above."
    return f"its log is {log} and ends: {processes.last_words(log)}"


def say(sentence: str) -> None:
    """One line for the operator, at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
