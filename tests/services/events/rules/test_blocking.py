"""What a block says and keeps."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.events.rules.blocking import BlockedUnits, check_end, reason_of, units_of

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TYPES = (UUID(int=1), UUID(int=2))
SOLD = st.lists(st.tuples(st.sampled_from(TYPES), st.integers(1, 4)), max_size=8)
QUOTAS = st.dictionaries(st.sampled_from(TYPES), st.integers(1, 3), min_size=2)


@given(sold=SOLD, quotas=QUOTAS)
def test_what_counts_in_several_quotas_is_blocked_once(
    sold: list[tuple[UUID, int]], quotas: dict[UUID, int]
) -> None:
    claims = [
        BlockedUnits(UUID(int=10 * kind.int + number), kind, None, units)
        for kind, units in sold
        for number in range(quotas[kind])
    ]
    wanted = Counter[tuple[UUID | None, UUID | None]]()
    for kind, units in sold:
        wanted[kind, None] += units
    assert units_of(claims) == wanted


@pytest.mark.parametrize("end", [NOW, NOW - timedelta(days=1), NOW.replace(tzinfo=None)])
def test_a_block_ends_in_times_to_come(end: datetime) -> None:
    check_end("/until", None, now=NOW)
    check_end("/until", NOW + timedelta(seconds=1), now=NOW)
    with pytest.raises(Invalid) as refused:
        check_end("/until", end, now=NOW)
    assert [(one.pointer, one.code) for one in refused.value.errors] == [("/until", "bad_time")]


def test_a_block_has_a_reason_in_one_line() -> None:
    assert reason_of("/reason", " Broken\n seat ") == "Broken seat"
    for text in ("", " ", "x" * 201):
        with pytest.raises(Invalid):
            reason_of("/reason", text)
