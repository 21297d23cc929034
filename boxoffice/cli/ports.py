"""Is the port ours to take?"""

import socket

from boxoffice.cli.failure import ExitCode, Failure
from boxoffice.data.embedded.processes import wait_until


def demand_free_port(host: str, port: int, *, patience: float) -> None:
    """Pass once nobody listens there; `Failure` if somebody still does after `patience` seconds.

    Our own servers share a port among themselves, so it is asked for alone here, before they start.
    """
    if not wait_until(lambda: _is_free(host, port), patience=patience, every=0.1):
        raise Failure(
            ExitCode.PORT_IN_USE,
            f"Port {port} is in use: stop the program that has it, or choose another with "
            f"BOXOFFICE_PORT={port + 1}.",
        )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Failure(
                ExitCode.PORT_IN_USE,
                f"Port {port} needs rights we do not have: choose one above 1023 with "
                "BOXOFFICE_PORT=8000.",
            ) from error
        except OSError:
            return False
        return True


def answers_http(port: int, path: str) -> bool:
    """Whether a server on this machine answers `path` with 200."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            return b" 200 " in connection.makefile("rb").readline()
    except OSError:
        return False
