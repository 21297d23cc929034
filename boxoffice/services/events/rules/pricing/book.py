"""The price rules of one event, as its organizer has set them."""

from functools import lru_cache
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from boxoffice.services.events.rules.pricing.taxes import Rounding, TaxRule


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Taxes are named by id here: `tax_rule_id` for all ticket types but those in `type_taxes`,
    where None means: none.
    """

    rounding: Rounding = Rounding.LINE
    tax_rule_id: UUID | None = None
    type_taxes: dict[UUID, UUID | None] = {}
    fees: tuple[FeeRule, ...] = ()
    discounts: tuple[DiscountRule, ...] = ()

    def tax_rule_ids(self) -> set[UUID]:
        """Every tax rule that these rules name."""
        named = {
            self.tax_rule_id,
            *self.type_taxes.values(),
            *(fee.tax_rule_id for fee in self.fees),
        }
        return {one for one in named if one is not None}


class PriceBook(msgspec.Struct, frozen=True, kw_only=True):
    """Rules with the tax rules that they may name."""

    rules: Rules = Rules()
    taxes: tuple[TaxRule, ...] = ()

    def tax_of(self, ticket_type_id: UUID) -> TaxRule | None:
        """The tax on a ticket of that type."""
        return self.tax(self.rules.type_taxes.get(ticket_type_id, self.rules.tax_rule_id))

    def tax(self, tax_rule_id: UUID | None) -> TaxRule | None:
        """The tax rule with this id."""
        return next((rule for rule in self.taxes if rule.id == tax_rule_id), None)

    @property
    def asks_who(self) -> bool:
        """Whether some tax depends on who the customer is."""
        return any(rule.cases for rule in self.taxes)

    def of(self, *, country: str, is_business: bool) -> "PriceBook":
        """The book for customers of that country."""
        taxes = tuple(rule.of(country=country, is_business=is_business) for rule in self.taxes)
        return msgspec.structs.replace(self, taxes=taxes)

    def pages(self, ticket_type_ids: set[UUID]) -> "PriceBook":
        """Only what concerns these types: an order keeps it to be counted again later."""
        rules = msgspec.structs.replace(
            self.rules,
            type_taxes={
                kind: tax for kind, tax in self.rules.type_taxes.items() if kind in ticket_type_ids
            },
            discounts=tuple(
                rule
                for rule in self.rules.discounts
                if not rule.ticket_type_ids or ticket_type_ids & set(rule.ticket_type_ids)
            ),
        )
        named = rules.tax_rule_ids()
        return PriceBook(rules=rules, taxes=tuple(tax for tax in self.taxes if tax.id in named))


NO_RULES = PriceBook()


@lru_cache(maxsize=256)
def read_book(text: str | None) -> PriceBook:
    """The book as the database tells it; None for an event without rules."""
    return NO_RULES if text is None else msgspec.json.decode(text, type=PriceBook)
