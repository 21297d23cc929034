"""The settings a process or a command works with."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from boxoffice.cli.failure import ExitCode, Failure
from boxoffice.cli.surroundings import surroundings
from boxoffice.settings import BadSetting, Settings


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; a missing or wrong one is a `Failure` that names it."""
    try:
        return Settings.load(environ)
    except BadSetting as error:
        raise Failure(ExitCode.SETTINGS, str(error)) from error


@contextmanager
def configured(environ: Mapping[str, str]) -> Iterator[Settings]:
    """The settings within `surroundings`."""
    with surroundings(environ) as environment:
        yield settings_of(environment)
