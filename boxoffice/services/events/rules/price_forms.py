"""The form of an event's price rules: complete and consistent, or every mistake named."""

from collections.abc import Collection, Mapping
from functools import partial
from uuid import UUID

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.pricing.book import Rules
from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from boxoffice.services.events.rules.pricing.rounding import WHOLE

# Fees of the final total may come to half of it at most; beyond that prices run away.
MAX_OF_TOTAL = WHOLE // 2


def check_rules(
    rules: Rules, *, ticket_type_ids: Collection[UUID], tax_rates: Mapping[UUID, int]
) -> None:
    """`Invalid` with one error for each field that is wrong. `tax_rates` are of the organizer."""
    check = Checker()
    check(lambda: _known_tax("/tax_rule_id", rules.tax_rule_id, tax_rates), None)
    for place, (kind, tax) in enumerate(rules.type_taxes.items()):
        at = f"/type_taxes/{place}"
        check(partial(_known_types, f"{at}/ticket_type_id", [kind], ticket_type_ids), None)
        check(partial(_known_tax, f"{at}/tax_rule_id", tax, tax_rates), None)
    for place, fee in enumerate(rules.fees):
        check(partial(_check_fee, f"/fees/{place}", fee, tax_rates), None)
    check(lambda: _check_of_total(rules.fees, tax_rates), None)
    for place, discount in enumerate(rules.discounts):
        check(partial(_check_discount, f"/discounts/{place}", discount, ticket_type_ids), None)
    check.finish()


def _known_tax(pointer: str, tax: UUID | None, known: Mapping[UUID, int]) -> None:
    if tax is not None and tax not in known:
        raise FieldError(pointer, "unknown_tax_rule", "There is no such tax rule.")


def _known_types(pointer: str, wanted: Collection[UUID], known: Collection[UUID]) -> None:
    if not set(known).issuperset(wanted):
        raise FieldError(pointer, "unknown_ticket_type", "This event has no such ticket type.")


def _check_fee(pointer: str, fee: FeeRule, taxes: Mapping[UUID, int]) -> None:
    texts.line(f"{pointer}/name", fee.name, most=texts.MAX_NAME, least=1)
    _known_tax(f"{pointer}/tax_rule_id", fee.tax_rule_id, taxes)
    if not fee.fixed and not fee.percent:
        raise FieldError(f"{pointer}/fixed", "missing", "Give an amount, a percentage, or both.")


def _check_of_total(fees: Collection[FeeRule], taxes: Mapping[UUID, int]) -> None:
    share = sum(
        fee.percent * (WHOLE + taxes.get(fee.tax_rule_id, 0) if fee.tax_rule_id else WHOLE) // WHOLE
        for fee in fees
        if fee.of == "total" and fee.payer == "buyer"
    )
    if share > MAX_OF_TOTAL:
        raise FieldError(
            "/fees", "out_of_range", "Fees of the total may come to at most half of it."
        )


def _check_discount(pointer: str, rule: DiscountRule, known: Collection[UUID]) -> None:
    texts.line(f"{pointer}/name", rule.name, most=texts.MAX_NAME, least=1)
    _known_types(f"{pointer}/ticket_type_ids", rule.ticket_type_ids, known)
    if rule.kind != "n_for_m" and bool(rule.percent) == bool(rule.amount):
        raise FieldError(f"{pointer}/percent", "contradiction", "Give `percent` or `amount`.")
    if rule.kind == "n_for_m" and (rule.pay is None or rule.pay >= rule.count):
        raise FieldError(f"{pointer}/pay", "out_of_range", "Fewer are paid than are taken.")
    if rule.kind == "dates" and rule.count < 2:  # one date is no different one
        raise FieldError(
            f"{pointer}/count", "out_of_range", "Ask for two different dates at least."
        )
