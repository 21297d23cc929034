"""The practice card company as a process: starting, dying, coming back, staying small."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.practice.merchant import Merchant
from tests.support.card_company import KEY, ROOT, CardCompany, PostBox, until


async def test_what_was_answered_survives_a_kill(
    own_company: CardCompany, own_merchant: Merchant
) -> None:
    answered: list[str] = []

    async def shop() -> None:
        while True:
            answered.append((await own_merchant.charge()).json()["id"])

    shoppers = [asyncio.create_task(shop()) for _ in range(8)]
    await until(lambda: len(answered) >= 100)
    own_company.kill()
    outcomes = await asyncio.gather(*shoppers, return_exceptions=True)
    assert all(isinstance(outcome, httpx2.HTTPError) for outcome in outcomes)
    assert own_company.book("PRAGMA integrity_check") == [("ok",)]
    await own_company.start()
    kept = {charge_id for (charge_id,) in own_company.book("SELECT id FROM charges")}
    assert set(answered) <= kept


async def test_slow_charges_and_webhooks_go_on_after_a_kill(
    own_company: CardCompany, own_merchant: Merchant, post_box: PostBox
) -> None:
    await own_company.treat(own_merchant, slow_seconds=0.3, delay_seconds=0.3)
    await own_merchant.charge("practice_slow")
    own_company.kill()
    await asyncio.sleep(0.5)
    await own_company.start()
    assert len(await post_box.arrived(own_merchant, 2)) == 2
    assert own_company.book("SELECT status FROM charges") == [("succeeded",)]


async def test_it_stops_politely(own_company: CardCompany) -> None:
    assert await own_company.stop() == 0


async def test_it_stays_small_under_load(own_company: CardCompany, own_merchant: Merchant) -> None:
    for _ in range(10):
        await asyncio.gather(*(own_merchant.charge() for _ in range(32)))
    assert kilobytes(own_company.process_id) <= 45 * 1024


@pytest.mark.parametrize(
    ("environment", "arguments", "sentence"),
    [
        ({}, [], "BOXOFFICE_PRACTICE_KEY"),
        (
            {"BOXOFFICE_PRACTICE_KEY": KEY},
            ["--webhook-url", "http://localhost/"],
            "webhooks are always signed",
        ),
        (
            {"BOXOFFICE_PRACTICE_KEY": KEY, "BOXOFFICE_PRACTICE_WEBHOOK_SECRETS": "whsec_?"},
            ["--webhook-url", "http://localhost/"],
            "whsec_",
        ),
    ],
)
def test_it_says_what_it_lacks(
    tmp_path: Path, environment: dict[str, str], arguments: list[str], sentence: str
) -> None:
    outcome = run(tmp_path, 1, environment, *arguments)
    assert outcome.returncode != 0
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.stderr


async def test_a_taken_port_is_a_sentence(own_company: CardCompany, tmp_path: Path) -> None:
    outcome = run(tmp_path / "other", own_company.port, {"BOXOFFICE_PRACTICE_KEY": KEY})
    assert outcome.returncode != 0
    assert str(own_company.port) in outcome.stderr
    assert "Traceback" not in outcome.stderr


def kilobytes(process_id: int) -> int:
    """Proportional set size: shared pages count for their share."""
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(
    folder: Path, port: int, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "boxoffice.practice", "--data", str(folder)]
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("BOXOFFICE")
    }
    return subprocess.run(
        [*command, "--port", str(port), *arguments],
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
