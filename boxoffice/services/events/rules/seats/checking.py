"""From a file to a plan, or to a list of everything that is wrong with it, each with its place."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast, get_args

import msgspec

from boxoffice.services.events.rules.seats.plans import NumberPlace, Plan, RowKind, Shape

MAX_SEATS = 60_000
MAX_CATEGORIES = 100
MAX_ZONES = 1_000
MAX_AREAS = 2_000
MAX_TEXT = 200
MAX_PLACE = 1_000_000
MAX_STANDING = 1_000_000
MOST_FINDINGS = 100

_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}|(?:rgb|hsl)a?\([0-9., %/]{1,60}\)")
_KNOWN = {
    "plan": {"name", "categories", "zones", "size", "focus"},
    "category": {"name", "color"},
    "zone": {"name", "position", "rows", "areas", "zone_id", "displayed", "uuid"},
    "row": {"row_number", "row_number_position", "seats", "position", "kind", "uuid"},
    "seat": {
        "seat_guid", "seat_number", "position", "category", "radius", "accessible", "companion",
        "uuid",
    },
    "area": {
        "shape", "position", "color", "border_color", "rotation", "text", "rectangle", "circle",
        "ellipse", "polygon", "width", "height", "standing", "uuid",
    },
}  # fmt: skip


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something about one place of a file: a JSON pointer, a stable code, a sentence."""

    path: str
    code: str
    message: str


class Report(msgspec.Struct, kw_only=True):
    """What was found. With problems there is no plan; notes only tell what was passed over.

    At most `MOST_FINDINGS` of each are listed; `problems_in_all` counts them all.
    """

    plan: Plan | None = None
    problems: list[Finding] = []
    notes: list[Finding] = []
    problems_in_all: int = 0


def check_plan(document: Any) -> Report:
    """Read a decoded JSON document; every problem is named, not only the first."""
    check = _Check()
    check.plan(document)
    report = Report(
        problems=check.problems, notes=check.notes, problems_in_all=check.problems_in_all
    )
    if not check.problems_in_all:
        report.plan = msgspec.convert(_without_unknown(document), type=Plan)
    return report


def _without_unknown(document: dict[str, Any]) -> dict[str, Any]:
    """Msgspec passes unknown fields over, and nulls are fields that were not said."""
    return cast("dict[str, Any]", _said(document))


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {key: _said(one) for key, one in fields.items() if one is not None}
    if isinstance(value, list):
        return [_said(one) for one in cast("list[Any]", value)]
    return value


class _Check:
    """One walk over a document."""

    def __init__(self) -> None:
        self.problems: list[Finding] = []
        self.notes: list[Finding] = []
        self.problems_in_all = 0
        self._categories: set[str] = set()
        self._seated: set[str] = set()
        self._standing: dict[str, str] = {}
        self._guids: dict[str, str] = {}
        self._labels: dict[tuple[str, str, str], str] = {}
        self._ignored: Counter[str] = Counter()

    def plan(self, document: Any) -> None:
        plan = self._object("", document, "plan")
        if plan is None:
            return
        self._text("", plan, "name")
        self._size(plan)
        self._point("", plan, "focus", needed=False)
        for path, category in self._objects("", plan, "categories", "category", MAX_CATEGORIES):
            self._category(path, category)
        for path, zone in self._objects("", plan, "zones", "zone", MAX_ZONES):
            self._zone(path, zone)
        self._whole()
        for where, count in self._ignored.items():
            self._note(where, "not_used", f"This field is not used and not kept ({count} times).")

    def _whole(self) -> None:
        if not self._guids and not self._standing and not self.problems_in_all:
            self._wrong("/zones", "no_seats", "A plan needs at least one seat or standing area.")
        if len(self._guids) > MAX_SEATS:
            self._wrong("/zones", "too_many_seats", f"At most {MAX_SEATS:,} seats fit into a plan.")
        for category in sorted(self._seated & self._standing.keys()):
            self._wrong(
                self._standing[category],
                "mixed_category",
                f"“{category}” has seats as well; give the standing area a category of its own.",
            )

    def _size(self, plan: dict[str, Any]) -> None:
        size = self._part("", plan, "size")
        for side in ("width", "height") if size is not None else ():
            self._number("/size", size or {}, side, needed=True, least=1)

    def _category(self, path: str, category: dict[str, Any]) -> None:
        name = self._text(path, category, "name")
        self._color(path, category, "color")
        if name in self._categories:
            self._wrong(f"{path}/name", "twice", f"There is another category “{name}”.")
        self._categories.add(name)

    def _zone(self, path: str, zone: dict[str, Any]) -> None:
        name = self._text(path, zone, "name", needed=False)
        self._point(path, zone, "position")
        self._text(path, zone, "zone_id", needed=False)
        self._flag(path, zone, "displayed")
        self._text(path, zone, "uuid", needed=False)
        for where, row in self._objects(path, zone, "rows", "row", MAX_SEATS):
            self._row(where, row, name)
        if zone.get("areas") is not None:
            for where, area in self._objects(path, zone, "areas", "area", MAX_AREAS):
                self._area(where, area)

    def _row(self, path: str, row: dict[str, Any], zone: str) -> None:
        number = self._text(path, row, "row_number")
        self._point(path, row, "position", needed=False)
        self._one_of(path, row, "row_number_position", get_args(NumberPlace))
        self._one_of(path, row, "kind", get_args(RowKind))
        self._text(path, row, "uuid", needed=False)
        for where, seat in self._objects(path, row, "seats", "seat", MAX_SEATS):
            self._seat(where, seat, zone, number)

    def _seat(self, path: str, seat: dict[str, Any], zone: str, row: str) -> None:
        guid = self._text(path, seat, "seat_guid")
        number = self._text(path, seat, "seat_number")
        self._point(path, seat, "position")
        self._seated.add(self._known_category(path, seat))
        self._number(path, seat, "radius", least=0)
        self._flag(path, seat, "accessible")
        self._flag(path, seat, "companion")
        self._text(path, seat, "uuid", needed=False)
        if guid:
            self._once(self._guids, guid, f"{path}/seat_guid", f"the seat_guid “{guid}”")
        if number and row:
            label = " ".join(part for part in (zone, f"row {row}", f"seat {number}") if part)
            self._once(self._labels, (zone, row, number), f"{path}/seat_number", label)

    def _once(self, seen: dict[Any, str], key: Any, path: str, named: str) -> None:
        first = seen.setdefault(key, path)
        if first != path:
            self._wrong(path, "twice", f"There is another seat with {named}, at {first}.")

    def _area(self, path: str, area: dict[str, Any]) -> None:
        self._one_of(path, area, "shape", get_args(Shape))
        self._point(path, area, "position")
        for name in ("color", "border_color"):
            self._color(path, area, name)
        for name in ("width", "height"):
            self._number(path, area, name, least=0)
        self._number(path, area, "rotation")
        self._text(path, area, "uuid", needed=False)
        self._area_text(path, area)
        self._forms(path, area)
        self._stands(path, area)

    def _area_text(self, path: str, area: dict[str, Any]) -> None:
        text = area.get("text")
        if isinstance(text, str | None):
            self._text(path, area, "text", needed=False)
            return
        words = self._object(f"{path}/text", text, None)
        if words is not None:
            self._text(f"{path}/text", words, "text", may_be_empty=True)
            self._point(f"{path}/text", words, "position", needed=False)
            self._color(f"{path}/text", words, "color")
            self._number(f"{path}/text", words, "size", least=0)

    def _forms(self, path: str, area: dict[str, Any]) -> None:
        for name, sides in (("rectangle", ("width", "height")), ("circle", ("radius",))):
            form = self._part(path, area, name)
            for side in sides if form is not None else ():
                self._number(f"{path}/{name}", form or {}, side, needed=True, least=0)
        ellipse = self._part(path, area, "ellipse")
        if ellipse is not None:
            self._point(f"{path}/ellipse", ellipse, "radius")
        polygon = self._part(path, area, "polygon")
        if polygon is not None:
            where = f"{path}/polygon"
            for at, point in self._objects(where, polygon, "points", None, MAX_AREAS):
                self._coordinates(at, point)

    def _stands(self, path: str, area: dict[str, Any]) -> None:
        where = f"{path}/standing"
        standing = self._part(path, area, "standing")
        if standing is None:
            return
        self._standing.setdefault(self._known_category(where, standing), f"{where}/category")
        capacity = standing.get("capacity")
        if type(capacity) is not int or not 1 <= capacity <= MAX_STANDING:
            self._wrong(f"{where}/capacity", "bad_number", "Say how many people stand here.")

    def _known_category(self, path: str, holder: dict[str, Any]) -> str:
        name = self._text(path, holder, "category")
        if name and name not in self._categories:
            sentence = f"No category “{name}” is listed under /categories."
            self._wrong(f"{path}/category", "unknown_category", sentence)
        return name

    # Fields of one kind each.

    def _object(self, path: str, value: Any, kind: str | None) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self._wrong(path, "not_an_object", "This must be an object: { … }.")
            return None
        fields = cast("dict[str, Any]", value)
        if kind is not None:
            place = re.sub(r"/\d+", "/*", path)
            self._ignored.update(f"{place}/{name}" for name in fields if name not in _KNOWN[kind])
        return fields

    def _part(self, path: str, holder: dict[str, Any], name: str) -> dict[str, Any] | None:
        """An object that need not be there."""
        value = holder.get(name)
        return None if value is None else self._object(f"{path}/{name}", value, None)

    def _objects(  # a list is where, of what, and how long
        self, path: str, holder: dict[str, Any], name: str, kind: str | None, most: int
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        where, value = f"{path}/{name}", holder.get(name)
        if not isinstance(value, list):
            self._wrong(where, "not_a_list", "This must be a list: [ … ].")
            return
        items = cast("list[Any]", value)
        if len(items) > most:
            self._wrong(where, "too_many", f"At most {most:,} fit in here.")
        for index, item in enumerate(items[:most]):
            fields = self._object(f"{where}/{index}", item, kind)
            if fields is not None:
                yield f"{where}/{index}", fields

    def _text(
        self,
        path: str,
        holder: dict[str, Any],
        name: str,
        *,
        needed: bool = True,
        may_be_empty: bool = False,
    ) -> str:
        value = holder.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str):
            self._wrong(f"{path}/{name}", "not_a_text", "This must be a text: “…”.")
            return ""
        if needed and not value.strip() and not may_be_empty:
            self._wrong(f"{path}/{name}", "missing", "Write something here.")
        if len(value) > MAX_TEXT or not value.isprintable():
            self._wrong(f"{path}/{name}", "bad_text", f"One line of at most {MAX_TEXT} characters.")
        return value

    def _flag(self, path: str, holder: dict[str, Any], name: str) -> None:
        if not isinstance(holder.get(name), bool | None):
            self._wrong(f"{path}/{name}", "not_true_or_false", "This must be true or false.")

    def _one_of(self, path: str, holder: dict[str, Any], name: str, words: tuple[str, ...]) -> None:
        if holder.get(name) is not None and holder[name] not in words:
            self._wrong(f"{path}/{name}", "unknown_word", f"One of: {', '.join(words)}.")

    def _color(self, path: str, holder: dict[str, Any], name: str) -> None:
        value = holder.get(name)
        if value is not None and not (isinstance(value, str) and _COLOR.fullmatch(value)):
            self._wrong(f"{path}/{name}", "bad_color", "Give a colour like #2447f9.")

    def _point(self, path: str, holder: dict[str, Any], name: str, *, needed: bool = True) -> None:
        if holder.get(name) is None and not needed:
            return
        point = self._object(f"{path}/{name}", holder.get(name), None)
        if point is not None:
            self._coordinates(f"{path}/{name}", point)

    def _coordinates(self, path: str, point: dict[str, Any]) -> None:
        for side in ("x", "y"):
            self._number(path, point, side, needed=True)

    def _number(
        self,
        path: str,
        holder: dict[str, Any],
        name: str,
        *,
        needed: bool = False,
        least: int = -MAX_PLACE,
    ) -> None:
        value = holder.get(name)
        if value is None and not needed:
            return
        if type(value) not in {int, float} or not least <= cast("float", value) <= MAX_PLACE:
            sentence = f"A number between {least:,} and {MAX_PLACE:,}."
            self._wrong(f"{path}/{name}", "bad_number", sentence)

    def _wrong(self, path: str, code: str, message: str) -> None:
        self.problems_in_all += 1
        if len(self.problems) < MOST_FINDINGS:
            self.problems.append(Finding(path=path, code=code, message=message))

    def _note(self, path: str, code: str, message: str) -> None:
        if len(self.notes) < MOST_FINDINGS:
            self.notes.append(Finding(path=path, code=code, message=message))
