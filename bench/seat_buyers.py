"""People who want one numbered seat each, and who choose again when somebody was quicker."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from bench.buyers import ORDERS, Buyer, an_order
from bench.halls import Free, Hall, free_seats
from bench.lines import Ask, Person
from bench.load import Answer
from bench.results import Check
from bench.scenario import clock
from bench.steps import patient


class SeatSale:
    """What all buyers together see of one hall, and who won which seat when."""

    def __init__(self, hall: Hall, *, hot: int, hot_share: float, seed: int) -> None:
        self.hall = hall
        self.won: list[tuple[float, str]] = []
        self.gave_up = 0
        self.since = clock()
        self._hot = range(hot)
        self._hot_share = hot_share
        self._dice = random.Random(seed)  # noqa: S311  # not a secret
        self._seen: dict[bytes, Free] = {}

    def people(self, buyers: Iterable[Buyer]) -> Iterator[Person]:
        for buyer in buyers:
            yield self._person(buyer, aims_hot=self._dice.random() < self._hot_share)

    def _person(self, buyer: Buyer, *, aims_hot: bool) -> Person:
        answer = yield Ask("seats", buyer.get(self.hall.seats_path))
        missed: set[int] = set()
        while (free := self._free(answer)) and (place := self._choice(free, missed, aims_hot)) >= 0:
            bought = yield Ask("hold", buyer.post(ORDERS, self._order(free, place)))
            if bought.status == 201:
                self.won.append((self.since(), _seat_of(bought)))
                return
            if bought.status == 429:
                yield patient(bought)
                continue
            missed.add(place)
            again = yield Ask("seats", buyer.get(self.hall.seats_path, etag=_etag(answer)))
            answer = answer if again.status == 304 else again
        self.gave_up += 1

    def _choice(self, free: Free, missed: set[int], aims_hot: bool) -> int:  # noqa: FBT001
        """Who aims at the hot seats tries one of those first, whatever the map says."""
        if aims_hot and not missed:
            return self._dice.choice(self._hot)
        left = [place for place in free.places if place not in missed] if missed else free.places
        return self._dice.choice(left) if left else -1

    def _free(self, answer: Answer) -> Free | None:
        """None where the answer tells of no free seat."""
        etag = _etag(answer)
        if answer.status != 200 or etag is None:
            return None
        known = self._seen.get(etag)
        if known is None:
            known = self._seen[etag] = free_seats(answer.body)
        return known if known.places else None

    def _order(self, free: Free, place: int) -> bytes:
        return an_order(self.hall.event, seats=[free.seat_id(self.hall, place)])


def seat_checks(name: str, winners: Iterable[str], *, seats: int) -> list[Check]:
    """Whether each seat was won, and by one buyer alone."""
    times = Counter(winners)
    return [
        Check(what=f"{name}: seats sold", found=len(times), wanted=seats),
        Check(
            what=f"{name}: seats with more than one winner",
            found=sum(count > 1 for count in times.values()),
            wanted=0,
        ),
    ]


class _Position(msgspec.Struct):
    seat: dict[str, str]


class _Bought(msgspec.Struct):
    positions: list[_Position]


_BOUGHT = msgspec.json.Decoder(_Bought)


def _seat_of(bought: Answer) -> str:
    return _BOUGHT.decode(bought.body).positions[0].seat["label"]


def _etag(answer: Answer) -> bytes | None:
    return answer.header(b"etag")
