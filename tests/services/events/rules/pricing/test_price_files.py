"""Each golden file's basket costs what the file says."""

import json
from itertools import product
from pathlib import Path

import pytest

from boxoffice.kernel.money import Money
from boxoffice.services.events.rules.pricing.taxes import Rounding
from tests.services.events.rules.pricing.golden_files import files, priced, told


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_basket_of_a_golden_file_costs_what_the_file_says(file: Path) -> None:
    basket = json.loads(file.read_text())
    assert told(priced(basket)) == basket["expected"], basket["sentence"]


def test_edge_cases_22_and_23_every_way_of_rounding_has_a_file_in_every_exponent() -> None:
    baskets = [json.loads(file.read_text()) for file in files()]
    covered = {
        (basket["rules"].get("rounding", "line"), Money.zero(basket["currency"]).exponent)
        for basket in baskets
        if basket.get("taxes")
    }
    assert covered == set(product(Rounding, (0, 2, 3)))
