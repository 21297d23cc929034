"""Which servers a command works with: those the environment names, those that run, or its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from boxoffice.cli.stack import base_environment, own_servers
from boxoffice.cli.supervisor import Supervisor, interruptible
from boxoffice.data.embedded.folder import DataFolder

_ADDRESSES = ("BOXOFFICE_DATABASE_URL", "BOXOFFICE_REDIS_URL")


@contextmanager
def surroundings(environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment with every address in it.

    While `boxoffice serve --development` runs on the data folder, its servers are used; otherwise
    those that no address was given for run for as long as this block. Raises `ServerTrouble`.
    """
    if all(environ.get(name) for name in _ADDRESSES):
        yield dict(environ)
        return
    folder = DataFolder.of(environ)
    if folder.is_held and (announced := folder.announced()):
        yield {**announced, **environ}
        return
    with _own(folder, environ) as environment:
        yield environment


@contextmanager
def _own(folder: DataFolder, environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    environment = base_environment(folder, environ)
    supervisor = Supervisor(say=lambda _sentence: None)
    with interruptible(), folder.held():
        try:
            for server in own_servers(folder, environment):
                supervisor.start(server)
                environment |= server.environment
            yield environment
        finally:
            supervisor.stop()
