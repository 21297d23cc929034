"""`make mutants`: each mutant in a copy of the house, and what must see it; 1 if one lives.

`python -m tests.mutants WORDS` tries only those whose names contain the words.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.catalogue import MUTANTS, Mutant
from tests.support.sources import ROOT

_NEEDED = ("boxoffice", "tests", "docs", "bench", "scripts", "pyproject.toml", "openapi.json")
_LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__", "dist", "e2e")
_PASSED, _FAILED = 0, 1


def main(words: Sequence[str]) -> int:
    chosen = [one for one in MUTANTS if all(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="boxoffice-mutants-") as folder:
        copy = _copied(Path(folder))
        lives = [one for one in chosen if not _dies(one, copy)]
    print(f"{len(chosen) - len(lives)} of {len(chosen)} mutants died")
    return 1 if lives else 0


def _copied(folder: Path) -> Path:
    for name in _NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, folder)
    return folder


def _dies(mutant: Mutant, copy: Path) -> bool:
    begun, file = time.monotonic(), copy / mutant.file
    sound = file.read_text()
    file.write_text(sound.replace(mutant.text, mutant.instead))
    outcome = _tested(copy, mutant.killers)
    file.write_text(sound)
    told = {_FAILED: "died", _PASSED: "LIVES"}.get(outcome, f"pytest ended with {outcome}")
    print(f"{told}: {mutant.name} ({time.monotonic() - begun:.0f} s)", flush=True)
    return outcome == _FAILED


def _tested(copy: Path, killers: Sequence[str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *killers],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, check=False,
    ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
