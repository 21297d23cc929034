"""Any basket under any rules, for Hypothesis."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from boxoffice.services.events.rules.pricing.basket import Unit
from boxoffice.services.events.rules.pricing.book import PriceBook, Rules
from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from boxoffice.services.events.rules.pricing.taxes import Rounding, TaxCase, TaxRule
from boxoffice.services.events.rules.pricing.vouchers import Voucher

NOW = datetime(2027, 3, 1, tzinfo=UTC)
KINDS = [UUID(int=number) for number in range(1, 4)]
TAX_IDS = [UUID(int=number) for number in range(11, 14)]
DATES = [UUID(int=number) for number in range(21, 24)]
amounts = st.one_of(st.integers(0, 300), st.integers(0, 10**7))
shares = st.integers(0, 100_000)
some_kinds = st.lists(st.sampled_from(KINDS), unique=True, max_size=2).map(tuple)

units: SearchStrategy[list[Unit]] = st.lists(
    st.builds(
        Unit,
        st.sampled_from(KINDS),
        amounts,
        bound=st.booleans(),
        date=st.sampled_from([None, *DATES]),
    ),
    min_size=1,
    max_size=12,
)
cases = st.lists(
    st.builds(
        TaxCase,
        country=st.sampled_from([None, "AT", "CH"]),
        customer=st.sampled_from(["any", "consumer", "business"]),
        rate=st.integers(0, 30_000),
        reverse_charge=st.booleans(),
    ),
    max_size=3,
).map(tuple)
taxes = st.tuples(
    *(
        st.builds(
            TaxRule,
            id=st.just(tax),
            name=st.just("Tax"),
            rate=st.integers(0, 30_000),
            inclusive=st.booleans(),
            cases=cases,
        )
        for tax in TAX_IDS
    )
)
fees = st.builds(
    FeeRule,
    id=st.uuids(),
    name=st.just("Fee"),
    fixed=st.integers(0, 500),
    percent=st.integers(0, 15_000),
    per=st.sampled_from(["ticket", "order"]),
    of=st.sampled_from(["tickets", "total"]),
    payer=st.sampled_from(["buyer", "organizer"]),
    tax_rule_id=st.sampled_from([None, *TAX_IDS]),
)
groups = st.builds(
    DiscountRule,
    id=st.uuids(),
    name=st.just("Group"),
    kind=st.sampled_from(["group", "dates"]),
    count=st.integers(1, 5),
    percent=shares,
    amount=st.integers(0, 10_000),
    ticket_type_ids=some_kinds,
    with_vouchers=st.booleans(),
)
n_for_m = st.integers(2, 4).flatmap(
    lambda count: st.builds(
        DiscountRule,
        id=st.uuids(),
        name=st.just("n for m"),
        kind=st.just("n_for_m"),
        count=st.just(count),
        pay=st.integers(1, count - 1),
        ticket_type_ids=some_kinds,
        with_vouchers=st.booleans(),
    )
)
discounts = st.lists(st.one_of(groups, n_for_m), max_size=3).map(tuple)
rules = st.builds(
    Rules,
    rounding=st.sampled_from(Rounding),
    tax_rule_id=st.sampled_from([None, *TAX_IDS]),
    type_taxes=st.dictionaries(st.sampled_from(KINDS), st.sampled_from([None, *TAX_IDS])),
    fees=st.lists(fees, max_size=3).map(tuple),
    discounts=discounts,
)
books = st.builds(PriceBook, rules=rules, taxes=taxes)
voucher_lists = st.lists(
    st.builds(
        Voucher,
        id=st.uuids(),
        event_id=st.just(UUID(int=99)),
        code=st.just("CODE"),
        effect=st.sampled_from(["none", "percent", "amount", "price"]),
        value=shares,
        budget=st.one_of(st.none(), st.integers(0, 50_000)),
        max_uses=st.integers(1, 6),
        max_per_order=st.one_of(st.none(), st.integers(1, 3)),
        ticket_type_ids=some_kinds.map(frozenset),
    ),
    max_size=4,
)
