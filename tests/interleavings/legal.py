"""Outcomes that no serial order has, and that are legal nonetheless.

Some use cases are several transactions, because the network lies between them or because there may
be too much to do for one: what is in between may be seen. Their outcomes, by pair.
"""

BETWEEN: dict[tuple[str, ...], set[tuple[str, ...]]] = {}

# Three at once, where there are more ways to go wrong than for any two of them.
TRIPLES: tuple[tuple[str, ...], ...] = (
    ("hold", "redeem", "voucher"),
    ("hold", "release", "capacity"),
    ("hold", "expire", "money"),
    ("cancel", "refund", "scan"),
    ("cancel", "transfer", "scan"),
    ("release", "hold", "offer"),
)
