"""A shop that takes cards, and the invariants, as for the flows."""

from tests.flows.conftest import buyer, company, paying_product, paying_shop, post_box

__all__ = ["buyer", "company", "paying_product", "paying_shop", "post_box"]
