"""An S3 of our own: moto's server."""

import os
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.emulators.processes import free_port, running

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_REGION": "us-east-1",
}


@contextmanager
def s3(folder: Path) -> Generator[str]:
    """Its URL with an empty bucket, for `Blobs`; `CREDENTIALS` belong into the environment."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port=port, log=folder / "moto.log", environment=dict(os.environ)):
        endpoint = f"http://127.0.0.1:{port}"
        bucket = urllib.request.Request(f"{endpoint}/boxoffice", method="PUT")  # noqa: S310
        urllib.request.urlopen(bucket, timeout=20).close()  # noqa: S310  # our own server
        yield f"s3://boxoffice/some/prefix?endpoint={endpoint}"
