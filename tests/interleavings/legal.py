"""Outcomes that no serial order has, and that are legal nonetheless.

Some use cases are several transactions, because the network lies between them or because there may
be too much to do for one: what is in between may be seen. What both were told then, by pair; what
is left must be as after some serial order even so.
"""

BETWEEN: dict[tuple[str, ...], set[tuple[str, ...]]] = {
    # The event is cancelled, and its orders are about to be.
    ("change", "cancel event"): {("not_on_sale", "ok")},
}

# Three at once, where there are more ways to go wrong than for any two of them.
TRIPLES: tuple[tuple[str, ...], ...] = (
    ("hold", "redeem", "voucher"),
    ("hold", "release", "capacity"),
    ("hold", "expire", "money"),
    ("cancel", "refund", "scan"),
    ("cancel", "transfer", "scan"),
    ("release", "hold", "offer"),
)
