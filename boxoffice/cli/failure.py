"""How a command ends when it cannot do its work: one sentence and a documented exit code."""

import sys
from collections.abc import Callable
from enum import IntEnum
from typing import NoReturn

from boxoffice.data.embedded.folder import FolderInUse
from boxoffice.data.embedded.trouble import FolderTrouble, ServerTrouble


class ExitCode(IntEnum):
    """Part of the interface (docs/how-to/install.md): scripts branch on these."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    SETTINGS = 3
    DATA_FOLDER = 4
    PORT_IN_USE = 5
    ALREADY_RUNNING = 6
    SERVER = 7
    PROCESS = 8


class Failure(Exception):
    """The command ends with `code`; `sentence` says what is wrong and what to do."""

    def __init__(self, code: ExitCode, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


def failure_of(trouble: ServerTrouble) -> Failure:
    """The failure that trouble with a server of our own amounts to."""
    if isinstance(trouble, FolderInUse):
        return Failure(ExitCode.ALREADY_RUNNING, str(trouble))
    if isinstance(trouble, FolderTrouble):
        return Failure(ExitCode.DATA_FOLDER, str(trouble))
    return Failure(ExitCode.SERVER, str(trouble))


def ending(command: Callable[[], None]) -> None:
    """Run `command`; what goes wrong becomes one sentence on standard error and an exit code."""
    try:
        command()
    except ServerTrouble as trouble:
        _end(failure_of(trouble))
    except Failure as failure:
        _end(failure)


def _end(failure: Failure) -> NoReturn:
    sys.stderr.write(f"boxoffice: {failure}\n")
    sys.exit(failure.code)
