"""The browser for end-to-end tests: Chromium from the machine, installed first where we may.

`python -m tests.support.browser` makes sure there is one; tests ask `chromium()` where.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_USUAL_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_CHOSEN = "BOXOFFICE_CHROMIUM"


def chromium() -> Path | None:
    """The Chromium to drive: `BOXOFFICE_CHROMIUM`, else the machine's, else None."""
    chosen = os.environ.get(_CHOSEN)
    if chosen:
        return Path(chosen)
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in _USUAL_PLACES if place.exists()), None)


def launch_arguments() -> list[str]:
    """What Chromium needs to start here: root gets no sandbox, and it stays off the network."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [
        *sandbox,
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]


def make_sure() -> None:
    """Exit with one sentence if there is no Chromium and we cannot install one."""
    if chromium() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    if chromium() is None:
        sys.exit(
            "The browser tests need Chromium: install it (apt install chromium), "
            f"or name a browser with {_CHOSEN}=/path/to/chrome."
        )


def _install() -> None:
    print("Installing Chromium …", flush=True)
    _run("apt-get", "update")
    _run("apt-get", "install", "--yes", "--no-install-recommends", "chromium")


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    make_sure()
