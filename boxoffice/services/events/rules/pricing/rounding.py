"""Shares of amounts in whole minor units. Nothing here knows a fraction of a cent."""

from collections.abc import Sequence

# Shares are counted in thousandths of a percent: 19 % is 19_000, the whole is 100_000.
WHOLE = 100_000


def divided(numerator: int, denominator: int) -> int:
    """`numerator / denominator`, half a unit rounds up; `numerator` is not negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def share_of(amount: int, share: int) -> int:
    """`share` thousandths of a percent of `amount`, half a unit rounds up."""
    return divided(amount * share, WHOLE)


def pro_rata(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` split by `weights`, exactly; what does not divide falls to the later lines.

    No part exceeds its weight as long as `amount` does not exceed their sum. Nothing weighs
    anything: all of it falls to the last.
    """
    whole, reached, given = sum(weights), 0, 0
    parts: list[int] = []
    for weight in weights:
        reached += weight
        until = amount * reached // whole if whole else 0
        parts.append(until - given)
        given = until
    if parts:
        parts[-1] += amount - given
    return parts


def spread(difference: int, lines: Sequence[int]) -> dict[int, int]:
    """A small `difference` over the `lines` (their numbers), a unit each, the first ones first."""
    if not lines:
        return {}
    each, more = divmod(abs(difference), len(lines))
    sign = 1 if difference > 0 else -1
    return {line: sign * (each + (place < more)) for place, line in enumerate(lines)}
