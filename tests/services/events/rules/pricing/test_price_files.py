"""Each golden file's basket costs what the file says."""

import json
from pathlib import Path

import pytest

from tests.services.events.rules.pricing.golden_files import files, priced, told


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_basket_of_a_golden_file_costs_what_the_file_says(file: Path) -> None:
    basket = json.loads(file.read_text())
    assert told(priced(basket)) == basket["expected"], basket["sentence"]


def test_there_is_a_file_for_every_way_of_rounding_and_every_exponent() -> None:
    baskets = [json.loads(file.read_text()) for file in files()]
    roundings = {basket.get("rules", {}).get("rounding") for basket in baskets}
    assert roundings >= {"line", "net_total", "net_total_stable_gross"}
    assert {"EUR", "JPY", "KWD"} <= {basket["currency"] for basket in baskets}
