"""`boxoffice serve`: from the command line to a running house and back."""

from collections.abc import Mapping

from boxoffice.cli.development import run_development
from boxoffice.cli.production import run_production
from boxoffice.cli.run import Mode, Options, Run, say
from boxoffice.cli.stack import base_environment
from boxoffice.cli.supervisor import interruptible
from boxoffice.data.embedded.folder import DataFolder


def serve(options: Options, environ: Mapping[str, str]) -> None:
    """Run until interrupted. Raises `Failure` or `ServerTrouble` if it cannot start."""
    folder = DataFolder.of(environ)
    environment = base_environment(folder, environ) | {
        "BOXOFFICE_ENVIRONMENT": environ.get("BOXOFFICE_ENVIRONMENT") or _environment(options),
        "BOXOFFICE_HOST": options.host,
        "BOXOFFICE_PORT": str(options.port),
        "BOXOFFICE_PUBLIC_URL": environ.get("BOXOFFICE_PUBLIC_URL")
        or f"http://localhost:{options.port}",
    }
    run = Run(options, folder, environment)
    with interruptible():
        _serve_production(run) if options.mode == Mode.PRODUCTION else _serve_development(run)


def _serve_production(run: Run) -> None:
    try:
        run_production(run)
    except KeyboardInterrupt:
        say("Closing …")
    finally:
        run.supervisor.stop()


def _serve_development(run: Run) -> None:
    """Alone on the data folder, from before the first server starts until the last has stopped."""
    with run.folder.held():
        try:
            run_development(run)
        except KeyboardInterrupt:
            say("Closing …")
        finally:
            run.supervisor.stop()
            run.folder.take_back()


def _environment(options: Options) -> str:
    return "production" if options.mode == Mode.PRODUCTION else "development"
