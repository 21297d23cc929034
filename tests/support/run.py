"""`python -m tests.support.run python web browser`: run suites, then say how many tests passed."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_ROOT = Path(__file__).parents[2]
_PYTEST = (sys.executable, "-m", "pytest", "--quiet", "--no-header")


class Outcome(NamedTuple):
    """Of one suite. A suite that ran nothing has not passed."""

    passed: int
    failed: int
    skipped: int
    exit_code: int

    @property
    def is_good(self) -> bool:
        return self.exit_code == 0 and self.passed > 0 and not self.failed


_BESIDES = ("tests", "--ignore=tests/e2e", "--numprocesses=2", "--dist=loadfile")


def python(report: Path) -> Outcome:
    """Everything in tests/ that needs no browser."""
    return _pytest(report, *_BESIDES)


def coverage(report: Path) -> Outcome:
    """The same, half as fast, with the lines and branches that nobody ran."""
    return _pytest(report, *_BESIDES, "--cov", "--cov-report=term")


def fast(report: Path) -> Outcome:
    """The same without opening whole houses."""
    return _pytest(report, *_BESIDES, "-m", "not house")


def browser(report: Path) -> Outcome:
    """The product in a real browser; two of each, whoever is done first takes from the other."""
    return _pytest(report, "tests/e2e", "--numprocesses=2", "--dist=worksteal")


def web(report: Path) -> Outcome:
    """The web app's own tests."""
    command = ["npm", "test", "--", "--reporter=default", "--reporter=json"]
    ran = subprocess.run([*command, f"--outputFile={report}"], cwd=_ROOT / "web", check=False)
    if not report.exists():
        return Outcome(0, 0, 0, ran.returncode or 1)
    told = json.loads(report.read_text())
    return Outcome(
        told["numPassedTests"], told["numFailedTests"], told["numPendingTests"], ran.returncode
    )


def _pytest(report: Path, *arguments: str) -> Outcome:
    ran = subprocess.run([*_PYTEST, f"--junitxml={report}", *arguments], cwd=_ROOT, check=False)
    if not report.exists():
        return Outcome(0, 0, 0, ran.returncode or 1)
    total = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314  # our own file
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return Outcome(total - failed - skipped, failed, skipped, ran.returncode)


_SUITES: dict[str, Callable[[Path], Outcome]] = {
    "python": python, "coverage": coverage, "fast": fast, "web": web, "browser": browser,
}  # fmt: skip


_LABELS = {"fast": "python", "coverage": "python"}


def main(names: list[str]) -> int:
    """Run all the suites named, whatever becomes of the earlier ones; 0 if every one is good."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as reports:
        outcomes = {name: _SUITES[name](Path(reports) / name) for name in names}
    print(f"\n{_summary(outcomes)} in {time.monotonic() - began:.0f} s")
    return 0 if all(outcome.is_good for outcome in outcomes.values()) else 1


def _summary(outcomes: dict[str, Outcome]) -> str:
    passed = sum(outcome.passed for outcome in outcomes.values())
    parts = ", ".join(
        f"{outcome.passed} {_LABELS.get(name, name)}" for name, outcome in outcomes.items()
    )
    failed = sum(outcome.failed for outcome in outcomes.values())
    skipped = sum(outcome.skipped for outcome in outcomes.values())
    broken = [name for name, outcome in outcomes.items() if not outcome.is_good]
    return f"{passed} passed ({parts}), {failed} failed, {skipped} skipped" + (
        f"; not good: {', '.join(broken)};" if broken else ""
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
