"""The storms by name; each takes place in a house and gives a report."""

from collections.abc import Awaitable, Callable

from storm.house import House
from storm.report import Report
from storm.storms import crowds, door, hall, impatience, kills, last, paying, restarts, secret

STORMS: dict[str, Callable[[House], Awaitable[Report]]] = {
    "L1": hall.seats,
    "L2": crowds.voucher,
    "L3": last.ticket,
    "L4": paying.replay,
    "L5": secret.invited,
    "L7": hall.parties,
    "L8": door.rush,
    "F2": restarts.rolled_out,
    "F32": impatience.herd,
    "kills": kills.everything,
}
