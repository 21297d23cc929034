"""An Azure Blob Storage of our own: azurite, which npm brings the first time it is needed."""

import base64
import fcntl
import hmac
import os
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

from boxoffice.cli.members import node
from tests.emulators.processes import free_port, running

_HOME = Path(__file__).parent
_BIN = Path(sys.prefix) / "bin"
_PROGRAM = _HOME / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
_VERSION = "2021-08-06"
ACCOUNT = "devstoreaccount1"
# Published in azurite's manual; it opens nothing but the emulator.
_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"  # pragma: allowlist secret
    "K1SZFPTOtr/KBHBeksoGMGw=="  # pragma: allowlist secret
)
CREDENTIALS = {"AZURE_STORAGE_ACCOUNT_KEY": _KEY}


@contextmanager
def azure(folder: Path) -> Generator[str]:
    """Its URL with an empty container, for `Blobs`; `CREDENTIALS` belong into the environment."""
    _install()
    port = free_port()
    options = ["--disableTelemetry", "--skipApiVersionCheck", "--loose", "--inMemoryPersistence"]
    command = [node(), _PROGRAM, "--blobHost", "127.0.0.1", "--blobPort", str(port)]
    environment = {"PATH": os.defpath, "HOME": str(folder)}
    with running(
        [*command, *options], port=port, log=folder / "azurite.log", environment=environment
    ):
        endpoint = f"http://127.0.0.1:{port}/{ACCOUNT}"
        _create_container(endpoint, "boxoffice")
        yield f"az://boxoffice/some/prefix?endpoint={endpoint}&account={ACCOUNT}"


def _install() -> None:
    """Once per checkout, whichever pytest worker comes first."""
    with (_HOME / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _PROGRAM.exists():
            command = [_BIN / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            path = f"{_BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
            subprocess.run(command, cwd=_HOME, check=True, env={**os.environ, "PATH": path})


def _create_container(endpoint: str, name: str) -> None:
    """Shared Key authorization, as Microsoft documents it; our storage library creates none."""
    date = formatdate(usegmt=True)
    headers = f"x-ms-date:{date}\nx-ms-version:{_VERSION}\n"
    resource = f"/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container"
    signed = "PUT" + "\n" * 12 + headers + resource
    mac = hmac.digest(base64.b64decode(_KEY), signed.encode(), "sha256")
    request = urllib.request.Request(  # noqa: S310  # our own server
        f"{endpoint}/{name}?restype=container",
        method="PUT",
        headers={
            "x-ms-date": date,
            "x-ms-version": _VERSION,
            "authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(mac).decode()}",
        },
    )
    urllib.request.urlopen(request, timeout=20).close()  # noqa: S310  # our own server
