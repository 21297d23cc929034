"""The import contracts hold, and each of them really stops what it is there to stop."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.sources import PACKAGE, ROOT

# What is planted into which file, by the contract that must object to each of them.
VIOLATIONS: dict[str, list[tuple[str, str]]] = {
    "floors": [
        ("kernel/money.py", "boxoffice.data.tenancy"),
        ("data/tenancy.py", "boxoffice.services"),
        ("services/users/api.py", "boxoffice.gateway.settings"),
        ("gateway/settings.py", "boxoffice.app"),
        ("settings.py", "boxoffice.cli.failure"),
    ],
    "services": [
        ("services/users/api.py", "boxoffice.services.events.facts"),
        ("services/events/api.py", "boxoffice.services.payments.api"),
        ("services/payments/api.py", "boxoffice.services.bookings.api"),
        ("services/bookings/api.py", "boxoffice.services.support.facts"),
        ("services/support/api.py", "boxoffice.services.notifications"),
    ],
    "doors": [
        ("services/bookings/api.py", "boxoffice.services.events.tables"),
        ("gateway/settings.py", "boxoffice.services.users.tables"),
        ("app/web.py", "boxoffice.services.payments.tables"),
        ("cli/doctor.py", "boxoffice.services.users.routes"),
    ],
    "pure": [
        ("kernel/money.py", "sqlalchemy"),
        ("services/payments/rules.py", "boxoffice.data.tenancy"),
        ("services/events/facts.py", "httpx2"),
    ],
    "http-free": [
        ("services/bookings/api.py", "litestar"),
        ("services/events/stock.py", "boxoffice.gateway.settings"),
    ],
    "light-supervisor": [
        ("cli/supervisor.py", "sqlalchemy"),
        ("data/embedded/vault.py", "boxoffice.data.postgres"),
    ],
    "stranger": [("practice/book.py", "boxoffice.services.payments.api")],
    "stranger-reached-over-http": [("cli/stack.py", "boxoffice.practice.book")],
}


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


def test_there_is_a_planted_violation_of_every_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {contract["id"] for contract in contracts["contracts"]} == {*VIOLATIONS, "no-cycles"}


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_is_found(contract: str, copy: Path) -> None:
    outcome = _lint_with(copy, VIOLATIONS[contract], contract)
    assert "1 broken" in outcome
    for name, module in VIOLATIONS[contract]:
        assert f"{_dotted(name)} -> {module}" in outcome


def test_a_cycle_is_found(copy: Path) -> None:
    cycle = [
        ("kernel/money.py", "boxoffice.kernel.ids"),
        ("kernel/ids.py", "boxoffice.kernel.money"),
    ]
    outcome = _lint_with(copy, cycle, "no-cycles")
    assert "No cycles are allowed in boxoffice.kernel" in outcome


def test_a_room_that_the_map_does_not_know_is_refused(copy: Path) -> None:
    novelty = copy / "boxoffice" / "novelty.py"
    novelty.touch()
    outcome = _lint(copy, "--contract", "floors")
    novelty.unlink()
    assert "boxoffice.novelty" in outcome.stdout


def _lint_with(copy: Path, planted: list[tuple[str, str]], contract: str) -> str:
    files = [_module(copy / "boxoffice" / name) for name, _ in planted]
    before = {file: file.read_text() for file in files}
    for file, (_, module) in zip(files, planted, strict=True):
        with file.open("a") as opened:
            opened.write(f"\nimport {module}\n")
    outcome = _lint(copy, "--contract", contract)
    for file, text in before.items():
        file.write_text(text)
    return outcome.stdout


def _dotted(name: str) -> str:
    return ".".join(("boxoffice", *Path(name).with_suffix("").parts))


def _module(file: Path) -> Path:
    """The module's file: rooms that outgrew one are folders."""
    package = file.with_suffix("") / "__init__.py"
    return package if package.exists() else file


def _lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *options],
        env={**os.environ, "COLUMNS": "300"}, cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _no_python(folder: Path, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if name == "__pycache__" or ((folder / name).is_file() and not name.endswith(".py"))
    ]
