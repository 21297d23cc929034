"""What organizers send about their questions."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from boxoffice.services.events.bodies import Body
from boxoffice.services.events.rules.questions.question import Condition, Kind

Label = Annotated[str, Meta(examples=["What may we call you?"])]
Options = Annotated[list[str], Meta(description="Of a choice: what can be chosen.")]
TypeIds = Annotated[list[UUID], Meta(max_length=100, description="Empty: all ticket types.")]
Bound = Annotated[
    float,
    Meta(
        ge=-1e12,
        le=1e12,
        description="Of a number its value, of a text its characters, of several options how many.",
    ),
]
MOST_MINUTES = 60 * 24 * 366
Per = Literal["order", "ticket"]


class ConditionBody(Body, frozen=True, kw_only=True):
    """Only who answered that question so is asked: `true`, `false`, or options of a choice."""

    question_id: UUID
    any_of: Annotated[list[bool | str], Meta(max_length=200)]

    def rule(self) -> Condition:
        return Condition(question_id=self.question_id, any_of=tuple(self.any_of))


class QuestionBody(Body, frozen=True, kw_only=True):
    """Asked once `per` order or ticket. With `at_check_in` the door asks it of each ticket."""

    label: Label
    kind: Kind
    help: str = ""
    per: Per = "order"
    required: bool = False
    ticket_type_ids: TypeIds = field(default_factory=list[UUID])
    options: Options = field(default_factory=list[str])
    minimum: Bound | None = None
    maximum: Bound | None = None
    condition: ConditionBody | None = None
    at_check_in: bool = False


class ChangeQuestionBody(Body, frozen=True, kw_only=True):
    """What is absent stays. Answers that were given keep the question that they were given to."""

    label: Label | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    help: str | UnsetType = UNSET
    per: Per | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    ticket_type_ids: TypeIds | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    minimum: Bound | UnsetType | None = UNSET
    maximum: Bound | UnsetType | None = UNSET
    condition: ConditionBody | UnsetType | None = UNSET
    at_check_in: bool | UnsetType = UNSET


class AnswersDeadlineBody(Body, frozen=True, kw_only=True):
    """Buyers may correct their answers until so many minutes before the event starts."""

    minutes_before_start: Annotated[int, Meta(ge=0, le=MOST_MINUTES)]
