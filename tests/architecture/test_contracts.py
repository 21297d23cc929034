"""The import contracts hold, and each of them really stops what it is there to stop."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.sources import PACKAGE, ROOT

# What is planted where, by the contract that must object. A file may be new.
VIOLATIONS: list[tuple[str, Mapping[str, str]]] = [
    ("floors", {"kernel/money.py": "import boxoffice.data.tenancy"}),
    ("floors", {"data/tenancy.py": "import boxoffice.services"}),
    ("floors", {"services/users/api.py": "import boxoffice.gateway.settings"}),
    ("floors", {"gateway/settings.py": "import boxoffice.app"}),
    ("floors", {"settings.py": "import boxoffice.cli.failure"}),
    ("floors", {"novelty.py": ""}),
    ("services", {"services/users/api.py": "import boxoffice.services.events.facts"}),
    ("services", {"services/events/api.py": "import boxoffice.services.payments.api"}),
    ("services", {"services/payments/api.py": "import boxoffice.services.bookings.api"}),
    ("services", {"services/bookings/api.py": "import boxoffice.services.support.facts"}),
    ("services", {"services/support/api.py": "import boxoffice.services.notifications"}),
    ("doors", {"services/bookings/api.py": "import boxoffice.services.events.tables"}),
    ("doors", {"gateway/settings.py": "import boxoffice.services.users.tables"}),
    ("doors", {"app.py": "import boxoffice.services.payments.tables"}),
    ("doors", {"cli/doctor.py": "import boxoffice.services.users.routes"}),
    ("pure", {"kernel/money.py": "import sqlalchemy"}),
    ("pure", {"services/payments/rules.py": "import boxoffice.data.tenancy"}),
    ("pure", {"services/events/facts.py": "import httpx2"}),
    ("http-free", {"services/bookings/api.py": "from litestar import Request"}),
    ("http-free", {"services/events/stock.py": "import boxoffice.gateway.settings"}),
    (
        "no-cycles",
        {
            "kernel/clock.py": "import boxoffice.kernel.ids",
            "kernel/ids.py": "import boxoffice.kernel.clock",
        },
    ),
    ("light-supervisor", {"cli/supervisor.py": "import sqlalchemy"}),
    ("light-supervisor", {"data/embedded/vault.py": "import boxoffice.data.postgres"}),
    ("stranger", {"practice/book.py": "import boxoffice.services.payments.api"}),
    ("stranger-reached-over-http", {"cli/stack.py": "import boxoffice.practice.book"}),
]


# A broken contract, or a floor that the map does not know.
_OBJECTIONS = ("1 broken", "boxoffice.novelty")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's source and its contracts, to be vandalised."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(
        PACKAGE, copy / "boxoffice", ignore=lambda folder, names: _no_python(Path(folder), names)
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def test_every_contract_holds() -> None:
    outcome = _lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("contract", "planted"), VIOLATIONS)
def test_a_planted_violation_is_found(
    contract: str, planted: Mapping[str, str], copy: Path
) -> None:
    files = {_module(copy / "boxoffice" / name): line for name, line in planted.items()}
    before = {file: file.read_text() for file in files if file.exists()}
    try:
        for file, line in files.items():
            file.write_text(f"{before.get(file, '')}\n{line}\n")
        outcome = _lint(copy, "--contract", contract)
    finally:
        for file in files:
            file.write_text(before[file]) if file in before else file.unlink()
    assert outcome.returncode == 1, outcome.stdout
    assert any(sign in outcome.stdout for sign in _OBJECTIONS), outcome.stdout


def _module(file: Path) -> Path:
    """The module's file: rooms that outgrew one are folders."""
    package = file.with_suffix("") / "__init__.py"
    return package if package.exists() else file


def _lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *options],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _no_python(folder: Path, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if name == "__pycache__" or ((folder / name).is_file() and not name.endswith(".py"))
    ]
