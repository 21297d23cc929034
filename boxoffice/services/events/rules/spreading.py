"""One want for several dates of an event: which lines are for which, and what that rules out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events.rules.claiming import Chosen
from boxoffice.services.events.rules.selling import Bill
from boxoffice.services.events.rules.shelf import Want


class VoucherForOneDate(Conflict):
    code = "voucher_for_one_date"
    message = "This voucher sets tickets of one date aside; order for that date alone."


def by_date(want: Want) -> dict[UUID, list[int]]:
    """The numbers of the lines for each date, the want's own date first if it has lines."""
    numbers: defaultdict[UUID, list[int]] = defaultdict(list)
    for number, line in enumerate(want.lines):
        date = line.occurrence_id or want.occurrence_id
        assert date is not None  # noqa: S101  # whoever spreads a want names its first date
        numbers[date].append(number)
    return dict(sorted(numbers.items(), key=lambda one: one[0] != want.occurrence_id))


def part_of(want: Want, date: UUID, numbers: Sequence[int]) -> Want:
    """What is wanted for one of the dates."""
    lines = tuple(want.lines[number] for number in numbers)
    return structs.replace(want, occurrence_id=date, lines=lines, spread=False)


def apart(lines: Iterable[Chosen]) -> list[list[Chosen]]:
    """The lines of each date: least and most of a type count for a date."""
    parts: defaultdict[UUID | None, list[Chosen]] = defaultdict(list)
    for line in lines:
        parts[line.wanted.occurrence_id].append(line)
    return list(parts.values())


def check_vouchers(bill: Bill) -> None:
    """Units that a voucher sets aside or lets in are of one date."""
    for voucher in bill.vouchers:
        if voucher.on_stock != "normal":
            raise VoucherForOneDate(voucher=voucher.code)
