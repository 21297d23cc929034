"""The mutants of `make mutants` fit the source as it is."""

import pytest

from tests.mutants.catalogue import MUTANTS, Mutant
from tests.support.sources import ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_applies(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text().count(mutant.text) == 1, (
        f"tests/mutants/catalogue.py: the text of {mutant.name!r} must stand exactly once in "
        f"{mutant.file}; write it as it is now."
    )
    assert all((ROOT / killer.partition("::")[0]).exists() for killer in mutant.killers)
