"""What organizers send about dates. All times are wall-clock times at the event."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boxoffice.services.events.bodies import Body, Title, WallClock

RuleText = Annotated[
    str,
    Meta(
        examples=["FREQ=WEEKLY;BYDAY=TU"],
        max_length=500,
        description="RFC 5545: FREQ of DAILY, WEEKLY, MONTHLY or YEARLY; INTERVAL, COUNT, UNTIL,"
        " BYDAY, BYMONTHDAY, BYMONTH, BYHOUR, BYMINUTE, WKST. The first date must fit it.",
    ),
]
Slot = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$",
        examples=["2027-12-24", "2027-12-24T19:00"],
        description="A date of the series by the rule, or a whole day.",
    ),
]
Slots = Annotated[list[Slot], Meta(max_length=500)]
AddedSlots = Annotated[list[WallClock], Meta(max_length=200)]


class DateBody(Body, frozen=True, kw_only=True):
    """One more date; its capacities are those of the event's first."""

    starts_at: WallClock
    ends_at: WallClock
    doors_at: WallClock | None = None


class ChangeDateBody(Body, frozen=True, kw_only=True):
    """What is absent stays; a new start alone keeps the length and the doors' distance.

    `scope`: of a series also the dates after this one, or all that are to come. Dates that were
    changed by hand stay as they are unless `include_drifted`; one with orders refuses the change
    unless `keep_sold` leaves it as it is.
    """

    starts_at: WallClock | UnsetType = UNSET
    ends_at: WallClock | UnsetType = UNSET
    doors_at: WallClock | UnsetType | None = UNSET
    scope: Literal["this", "future", "all"] = "this"
    include_drifted: bool = False
    keep_sold: bool = False


class SeriesBody(Body, frozen=True, kw_only=True):
    """A rule and its first date. `excepted`: no date then; `added`: dates beside the rule."""

    rule: RuleText
    starts_at: WallClock
    ends_at: WallClock
    doors_at: WallClock | None = None
    excepted: Slots = msgspec.field(default_factory=list[str])
    added: AddedSlots = msgspec.field(default_factory=list[str])


class ChangeSeriesBody(Body, frozen=True, kw_only=True):
    """What is absent stays. `starts_at` is the first date by the new rule."""

    rule: RuleText | UnsetType = UNSET
    starts_at: WallClock | UnsetType = UNSET
    excepted: Slots | UnsetType = UNSET
    added: AddedSlots | UnsetType = UNSET


class DuplicateBody(Body, frozen=True, kw_only=True):
    """`starts_at` is the copy's first date; everything else moves along by the clock."""

    starts_at: WallClock
    title: Title | None = None


class DateTimes(msgspec.Struct, frozen=True, kw_only=True):
    """For other services: where dates move to; None of `occurrence_ids` means all to come."""

    starts_at: str
    occurrence_ids: list[UUID] | None = None
