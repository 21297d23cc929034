"""What must hold in the schema `bookings`: orders, tickets, codes, the door, times."""

from boxoffice.data.invariants import Invariant, of
from boxoffice.services.bookings.rules import (
    LAPSING,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
)


def _words(*states: str) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


ONE_TICKET_PER_SEAT = Invariant(
    name="I2 one ticket per seat",
    promise="A seat is on one ticket of a confirmed order.",
    offenders=f"""
SELECT p.organizer_id, p.seat_id AS id, format('%s tickets', count(*)) AS found
FROM bookings.order_positions p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.order_id
WHERE {of("p")} AND p.seat_id IS NOT NULL AND p.cancelled_at IS NULL AND o.status = 'confirmed'
GROUP BY p.organizer_id, p.seat_id HAVING count(*) > 1""",  # noqa: S608  # our own text
)
CONFIRMED_HAS_ITS_TICKETS = Invariant(
    name="I5 confirmed orders have their tickets",
    promise="Each position of a confirmed order that admits somebody has one ticket that lets in, "
    "and no other position has any.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('%s tickets', count(t.id)) AS found
FROM bookings.orders o
JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
LEFT JOIN bookings.tickets t
  ON t.organizer_id = p.organizer_id AND t.position_id = p.id AND t.status IN ('valid', 'used')
WHERE {of("o")} AND o.created_at >= $3 AND o.status = 'confirmed' AND p.cancelled_at IS NULL
GROUP BY p.organizer_id, p.id, p.admits HAVING count(t.id) <> p.admits::int""",  # noqa: S608  # our own text
)
TICKETS_ARE_CONFIRMED = Invariant(
    name="I6 no ticket without a confirmed order",
    promise="A ticket that lets in belongs to a confirmed order and to a position that was not "
    "cancelled.",
    offenders=f"""
SELECT t.organizer_id, t.id,
       format('%s, its order is %s', t.status, coalesce(o.status, 'gone')) AS found
FROM bookings.tickets t
LEFT JOIN bookings.orders o ON o.organizer_id = t.organizer_id AND o.id = t.order_id
LEFT JOIN bookings.order_positions p
  ON p.organizer_id = t.organizer_id AND p.id = t.position_id AND p.cancelled_at IS NULL
WHERE {of("t")} AND t.id >= $4 AND t.status IN ('valid', 'used')
  AND (o.status IS DISTINCT FROM 'confirmed' OR p.id IS NULL)""",  # noqa: S608  # our own text
)
TOTALS_ADD_UP = Invariant(
    name="I10 totals add up",
    promise="An order costs what its standing positions and the fees that its buyer bears cost.",
    offenders=f"""
SELECT o.organizer_id, o.id,
       format('total %s; positions %s, fees %s', o.total_amount, o.positions, f.fees) AS found
FROM (SELECT o.organizer_id, o.id, o.total_amount, o.charges,
             coalesce(sum(p.price_amount) FILTER (WHERE p.cancelled_at IS NULL), 0) AS positions
      FROM bookings.orders o
      LEFT JOIN bookings.order_positions p
        ON p.organizer_id = o.organizer_id AND p.order_id = o.id
      WHERE {of("o")} AND o.created_at >= $3
      GROUP BY o.organizer_id, o.id) o
CROSS JOIN LATERAL (
    SELECT CASE WHEN jsonb_typeof(o.charges -> 'fees') = 'array' THEN (
        SELECT coalesce(sum((fee ->> 'price')::bigint), 0)
        FROM jsonb_array_elements(o.charges -> 'fees') fee WHERE fee ->> 'payer' = 'buyer')
    ELSE 0 END AS fees) f
WHERE o.total_amount <> o.positions + f.fees""",  # noqa: S608  # our own text
)
ORDERS_STAND_SOMEWHERE = Invariant(
    name="I19 orders stand where orders can",
    promise="An order is in a state of the table of moves, and the rest of it fits: open ones have "
    "an end, confirmed ones a buyer, the time, and no end.",
    offenders=f"""
SELECT o.organizer_id, o.id,
       format('%s, payment %s, refund %s', o.status, o.payment_status, o.refund_status) AS found
FROM bookings.orders o
WHERE {of("o")} AND o.created_at >= $3 AND (
    o.status NOT IN ({_words(*OrderStatus)})
    OR o.payment_status NOT IN ({_words(*OrderPaymentStatus)})
    OR o.refund_status NOT IN ({_words(*OrderRefundStatus)})
    OR o.status IN ({_words(*LAPSING)})
       AND (o.hold_expires_at IS NULL OR o.confirmed_at IS NOT NULL)
    OR o.status IN ('expired', 'rejected') AND o.confirmed_at IS NOT NULL
    OR o.status = 'confirmed' AND (
        o.confirmed_at IS NULL OR o.hold_expires_at IS NOT NULL OR o.buyer_email IS NULL))""",  # noqa: S608  # our own text
)
ADMITTED_ONCE = Invariant(
    name="I23 one admission per ticket",
    promise="No ticket has admitted twice.",
    offenders=f"""
SELECT s.organizer_id, s.ticket_id AS id, format('admitted %s times', count(*)) AS found
FROM bookings.scans s
WHERE {of("s")} AND s.reason = 'ok' AND s.received_at >= $3
GROUP BY s.organizer_id, s.ticket_id HAVING count(*) > 1""",  # noqa: S608  # our own text
)
ADMISSIONS_ARE_REAL = Invariant(
    name="I24 admissions and tickets agree",
    promise="Whoever was admitted has a ticket that says so, and a ticket says so only if somebody "
    "was.",
    offenders=f"""
SELECT s.organizer_id, s.id, format('admitted, its ticket is %s', t.status) AS found
FROM bookings.scans s
LEFT JOIN bookings.tickets t ON t.organizer_id = s.organizer_id AND t.id = s.ticket_id
WHERE {of("s")} AND s.reason = 'ok' AND s.received_at >= $3
  AND (t.id IS NULL OR t.status = 'valid' OR t.admitted_at IS NULL)
UNION ALL
SELECT t.organizer_id, t.id, format('%s, admitted at %s', t.status, t.admitted_at)
FROM bookings.tickets t
WHERE {of("t")} AND t.id >= $4 AND t.status <> 'void'
  AND (t.status = 'used') <> (t.admitted_at IS NOT NULL)""",  # noqa: S608  # our own text
)
CODES_ARE_UNIQUE = Invariant(
    name="I26 codes are unique",
    promise="No two orders of an organizer have one code.",
    offenders=f"""
SELECT o.organizer_id, min(o.id::text)::uuid AS id,
       format('%s orders %s', count(*), o.code) AS found
FROM bookings.orders o WHERE {of("o")} AND o.created_at >= $3
GROUP BY o.organizer_id, o.code HAVING count(*) > 1""",  # noqa: S608  # our own text
)
GIVEN_ON_CODES_DIE = Invariant(
    name="I26 codes that were given on are dead",
    promise="A ticket that was given on has a newer code for each time, and names the accepted "
    "offer by which its holder has it.",
    offenders=f"""
SELECT t.organizer_id, t.id,
       format('code %s, given on %s times', t.code_version, g.times) AS found
FROM (SELECT x.organizer_id, x.ticket_id, count(*) AS times FROM bookings.transfers x
      WHERE {of("x")} AND x.status = 'accepted' GROUP BY x.organizer_id, x.ticket_id) g
JOIN bookings.tickets t ON t.organizer_id = g.organizer_id AND t.id = g.ticket_id
LEFT JOIN bookings.transfers x
  ON x.organizer_id = t.organizer_id AND x.id = t.transfer_id AND x.ticket_id = t.id
     AND x.status = 'accepted'
WHERE t.code_version <= g.times OR x.id IS NULL""",  # noqa: S608  # our own text
)
TICKETS_ARE_OF_THEIR_ORDER = Invariant(
    name="I30 tickets are of their order",
    promise="A ticket, its position and its order are of one organizer, one event and one date.",
    offenders=f"""
SELECT t.organizer_id, t.id,
       format('order %s, position %s, event %s', t.order_id, t.position_id, t.event_id) AS found
FROM bookings.tickets t
LEFT JOIN bookings.orders o ON o.organizer_id = t.organizer_id AND o.id = t.order_id
LEFT JOIN bookings.order_positions p
  ON p.organizer_id = t.organizer_id AND p.id = t.position_id AND p.order_id = t.order_id
WHERE {of("t")} AND t.id >= $4
  AND (p.id IS NULL OR o.event_id IS DISTINCT FROM t.event_id
       OR t.status <> 'void'
          AND coalesce(p.occurrence_id, o.occurrence_id) IS DISTINCT FROM t.occurrence_id)""",  # noqa: S608  # our own text
)
TIMES_MAKE_SENSE = Invariant(
    name="I35 times make sense",
    promise="Nothing has happened in the future, and no order was confirmed before it was opened.",
    offenders=f"""
SELECT o.organizer_id, o.id,
       format('opened %s, confirmed %s', o.created_at, o.confirmed_at) AS found
FROM bookings.orders o
WHERE {of("o")} AND o.created_at >= $3
  AND (o.created_at > $2 OR o.confirmed_at > $2 OR o.confirmed_at < o.created_at)
UNION ALL
SELECT t.organizer_id, t.id, format('admitted %s', t.admitted_at)
FROM bookings.tickets t WHERE {of("t")} AND t.id >= $4 AND t.admitted_at > $2
UNION ALL
SELECT s.organizer_id, s.id, format('scanned %s, received %s', s.scanned_at, s.received_at)
FROM bookings.scans s
WHERE {of("s")} AND s.received_at >= $3
  AND (s.received_at > $2 OR s.scanned_at > s.received_at)""",  # noqa: S608  # our own text
)
AMOUNTS_MAKE_SENSE = Invariant(
    name="I38 amounts make sense",
    promise="Nothing costs less than nothing, and no tax is more than the price that it is in.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('price %s, tax %s, list %s', p.price_amount, p.tax_amount, p.list_amount) AS found
FROM bookings.order_positions p
WHERE {of("p")} AND p.id >= $4 AND (p.price_amount < 0 OR p.tax_amount < 0 OR p.list_amount < 0
                     OR p.tax_amount > p.price_amount)
UNION ALL
SELECT o.organizer_id, o.id, format('total %s', o.total_amount)
FROM bookings.orders o WHERE {of("o")} AND o.created_at >= $3 AND o.total_amount < 0""",  # noqa: S608  # our own text
)
EXTRAS_GO_ALONG = Invariant(
    name="I41 what comes along goes along",
    promise="What stands and comes with a position is in its order, and goes when that goes.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('comes with %s', p.parent_id) AS found
FROM bookings.order_positions p
LEFT JOIN bookings.order_positions parent
  ON parent.organizer_id = p.organizer_id AND parent.id = p.parent_id
     AND parent.order_id = p.order_id
WHERE {of("p")} AND p.parent_id IS NOT NULL
  AND p.cancelled_at IS NULL AND (parent.id IS NULL OR parent.cancelled_at IS NOT NULL)""",  # noqa: S608  # our own text
)
TAKEN_IS_GIVEN_UP = Invariant(
    name="I42 what was taken was given up",
    promise="A returned ticket that somebody bought lets in nobody else.",
    offenders=f"""
SELECT r.organizer_id, r.id,
       format('taken by %s, the ticket is %s', r.taken_by_id, t.status) AS found
FROM bookings.returns r
LEFT JOIN bookings.tickets t ON t.organizer_id = r.organizer_id AND t.id = r.ticket_id
LEFT JOIN bookings.orders o ON o.organizer_id = r.organizer_id AND o.id = r.taken_by_id
WHERE {of("r")} AND r.status = 'taken'
  AND (t.status IS DISTINCT FROM 'void' OR o.confirmed_at IS NULL)""",  # noqa: S608  # our own text
)
TOGETHER_OR_NOT_AT_ALL = Invariant(
    name="I43 what is bought together is bought as a whole",
    promise="Of a purchase all orders were confirmed, or none; and each order knows its purchase.",
    offenders=f"""
SELECT o.organizer_id, o.id,
       format('%s; its purchase %s is %s; it names %s', o.status, p.id, p.status,
              o.charges ->> 'purchase_id') AS found
FROM bookings.purchase_orders k
JOIN bookings.purchases p ON p.organizer_id = k.organizer_id AND p.id = k.purchase_id
JOIN bookings.orders o ON o.organizer_id = k.organizer_id AND o.id = k.id
WHERE {of("k")} AND k.id >= $4
  AND ((p.status = 'confirmed') <> (o.confirmed_at IS NOT NULL)
       OR (o.charges ->> 'purchase_id')::uuid IS DISTINCT FROM p.id)""",  # noqa: S608  # our own text
)

INVARIANTS = (
    ONE_TICKET_PER_SEAT,
    CONFIRMED_HAS_ITS_TICKETS,
    TICKETS_ARE_CONFIRMED,
    TOTALS_ADD_UP,
    ORDERS_STAND_SOMEWHERE,
    ADMITTED_ONCE,
    ADMISSIONS_ARE_REAL,
    CODES_ARE_UNIQUE,
    GIVEN_ON_CODES_DIE,
    TICKETS_ARE_OF_THEIR_ORDER,
    TIMES_MAKE_SENSE,
    AMOUNTS_MAKE_SENSE,
    EXTRAS_GO_ALONG,
    TAKEN_IS_GIVEN_UP,
    TOGETHER_OR_NOT_AT_ALL,
)
