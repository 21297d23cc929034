"""A whole Boxoffice of one's own, started by the very command that people use."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from boxoffice.data.embedded.processes import command_of, free_port, wait_until
from tests.support.sources import ROOT

COMMAND = (sys.executable, "-m", "boxoffice.cli")
_PATIENCE = 90.0


def bare_environment() -> dict[str, str]:
    """Ours without anything that would point Boxoffice at other servers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOXOFFICE_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


class House:
    """One run of `boxoffice serve --development` on the data folder `data`."""

    def __init__(
        self, data: Path, *options: str, extra: Mapping[str, str] | None = None, port: int = 0
    ) -> None:
        self.data, self.port = data, port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **bare_environment(),
            "BOXOFFICE_DATA": str(data),
            "BOXOFFICE_PORT": str(self.port),
            **(extra or {}),
        }
        self._output = data.parent / f"{data.name}.output"
        with self._output.open("wb") as output:
            self.supervisor = subprocess.Popen(
                [*COMMAND, "serve", "--development", *options],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                env=self.environment, start_new_session=True,
            )  # fmt: skip

    @property
    def output(self) -> str:
        return self._output.read_text()

    @property
    def announced(self) -> dict[str, str]:
        """The addresses of this house's servers, as every process of it is told."""
        return json.loads((self.data / "running.json").read_text())

    def wait_until_open(self) -> "House":
        """This house, once its doors are open; AssertionError with its output if they never are."""
        wait_until(
            lambda: self.supervisor.poll() is not None or "To stop" in self.output,
            patience=_PATIENCE, every=0.05,
        )  # fmt: skip
        assert "To stop" in self.output, self.output + self._logs()
        return self

    def children(self) -> dict[int, str]:
        """The processes that the supervisor started, with their command lines."""
        listed = Path(f"/proc/{self.supervisor.pid}/task/{self.supervisor.pid}/children")
        return {int(pid): command_of(int(pid)) for pid in listed.read_text().split()}

    def child(self, module: str) -> int:
        """The process that runs `module`; raises StopIteration if there is none right now."""
        return next(pid for pid, command in self.children().items() if module in command)

    def close(self, farewell: signal.Signals = signal.SIGINT) -> int:
        """Stop it the way an operator would; the exit code."""
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(farewell)
        return self.supervisor.wait(_PATIENCE)

    def _logs(self) -> str:
        logs = sorted((self.data / "logs").glob("*.log"))
        return "".join(f"\n--- {log.name}\n{log.read_text()[-3000:]}" for log in logs)


@contextmanager
def opened(data: Path, *options: str, extra: Mapping[str, str] | None = None) -> Iterator[House]:
    """A house with open doors, closed at the end."""
    house = House(data, *options, extra=extra)
    try:
        yield house.wait_until_open()
    finally:
        house.close()


def all_gone(pids: Sequence[int], *, patience: float = 30) -> bool:
    """Whether none of these processes runs any more."""
    return wait_until(lambda: not any(command_of(pid) for pid in pids), patience=patience)
