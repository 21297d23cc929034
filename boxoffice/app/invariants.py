"""All invariants: those of each service, and those between services.

The latter stand here because here alone it is known which services there are: one statement may
read the tables of several.
"""

from boxoffice.data.invariants import Invariant, of
from boxoffice.services.bookings import invariants as bookings
from boxoffice.services.events import invariants as events
from boxoffice.services.payments import invariants as payments
from boxoffice.services.payments.invariants import WORKER_HAS_HAD

# Two nulls are no match.
_VARIATION = "coalesce({0}.variation_id, {0}.ticket_type_id) AS variation_id"

CLAIMS_FOLLOW_ORDERS = Invariant(
    name="I4 no leaked hold",
    promise="What is live of the stock for an order ends when the order does: at the end of its "
    "hold while it is open, never once it is confirmed, and at once when it is over. What is held "
    "for a dearer change is so only while that waits for its payment, of a confirmed order; for "
    "nobody nothing is held.",
    offenders=f"""
SELECT c.organizer_id, c.id,
       format('until %s; order %s is %s until %s', c.expires_at, c.holder, o.status,
              o.hold_expires_at) AS found
FROM events.claims c
JOIN bookings.orders o ON o.organizer_id = c.organizer_id AND o.id = c.holder
WHERE {of("c")} AND c.kind = 'order' AND c.released_at IS NULL
  AND (c.expires_at IS NULL OR c.expires_at > $2)
  AND (o.status IN ('expired', 'cancelled', 'rejected')
       OR c.expires_at IS DISTINCT FROM o.hold_expires_at)
UNION ALL
SELECT c.organizer_id, c.id,
       format('until %s; change %s is %s until %s, its order %s', c.expires_at, c.holder,
              coalesce(k.status, 'gone'), k.expires_at, coalesce(o.status, 'gone'))
FROM events.claims c
LEFT JOIN bookings.orders own ON own.organizer_id = c.organizer_id AND own.id = c.holder
LEFT JOIN bookings.order_changes k ON k.organizer_id = c.organizer_id AND k.id = c.holder
LEFT JOIN bookings.orders o ON o.organizer_id = k.organizer_id AND o.id = k.order_id
WHERE {of("c")} AND c.kind = 'order' AND c.released_at IS NULL AND own.id IS NULL
  AND (c.expires_at IS NULL OR c.expires_at > $2)
  AND (k.status IS DISTINCT FROM 'awaiting_payment' OR o.status IS DISTINCT FROM 'confirmed'
       OR c.expires_at IS DISTINCT FROM k.expires_at)""",  # noqa: S608  # our own text
)
CONFIRMED_HAS_ITS_STOCK = Invariant(
    name="I5 confirmed orders have their stock",
    promise="A confirmed order has a unit for each of its positions, in each quota that these "
    "were claimed from, and no unit more.",
    offenders=f"""
SELECT organizer_id, order_id AS id,
       format('%s positions, %s units of type %s', coalesce(w.units, 0), coalesce(h.units, 0),
              ticket_type_id) AS found
FROM (SELECT p.organizer_id, p.order_id, p.ticket_type_id, {_VARIATION.format("p")},
             coalesce(p.occurrence_id, o.occurrence_id) AS occurrence_id, count(*) AS units
      FROM bookings.orders o
      JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
      WHERE {of("o")} AND o.created_at >= $3 AND o.status = 'confirmed'
        AND p.cancelled_at IS NULL
      GROUP BY 1, 2, 3, 4, 5) w
FULL JOIN (
      SELECT c.organizer_id, c.holder AS order_id, c.ticket_type_id, {_VARIATION.format("c")},
             q.occurrence_id, sum(c.units) AS units
      FROM bookings.orders o
      JOIN events.claims c
        ON c.organizer_id = o.organizer_id AND c.holder = o.id AND c.released_at IS NULL
      JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
      WHERE {of("o")} AND o.created_at >= $3 AND o.status = 'confirmed'
      GROUP BY 1, 2, 3, 4, 5, c.quota_id) h
  USING (organizer_id, order_id, ticket_type_id, variation_id, occurrence_id)
WHERE w.units IS DISTINCT FROM h.units""",  # noqa: S608  # our own text
)
SEATS_ARE_HELD = Invariant(
    name="I5 tickets have their seats",
    promise="The seat on a ticket of a confirmed order is claimed by that order.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('seat %s', p.seat_id) AS found
FROM bookings.order_positions p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.order_id
LEFT JOIN events.claims c
  ON c.organizer_id = p.organizer_id AND c.seat_id = p.seat_id AND c.holder = p.order_id
     AND c.released_at IS NULL
WHERE {of("p")} AND p.seat_id IS NOT NULL AND p.cancelled_at IS NULL
  AND o.status = 'confirmed' AND c.id IS NULL""",  # noqa: S608  # our own text
)
MONEY_HAS_AN_ORDER = Invariant(
    name="I7 money has an order or goes back",
    promise="Of money for an order that is over without ever having been confirmed nothing stays "
    "here, and of money for a dearer change only what has made it.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('%s of %s stay, order %s is %s', p.captured - p.refunded - p.moved, p.captured, o.id,
              o.status) AS found
FROM payments.payments p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.reference
WHERE {of("p")} AND p.captured > p.refunded + p.moved AND p.settled_at < $2 - {WORKER_HAS_HAD}
  AND o.status IN ('expired', 'cancelled', 'rejected') AND o.confirmed_at IS NULL
UNION ALL
SELECT p.organizer_id, p.id,
       format('%s of %s stay, change %s is %s', p.captured - p.refunded - p.moved, p.captured,
              p.purpose, coalesce(k.status, 'gone'))
FROM payments.payments p
LEFT JOIN bookings.order_changes k ON k.organizer_id = p.organizer_id AND k.id = p.purpose
WHERE {of("p")} AND p.purpose IS NOT NULL AND p.captured > p.refunded + p.moved
  AND p.settled_at < $2 - {WORKER_HAS_HAD}
  AND (p.apart OR k.status IS DISTINCT FROM 'done' OR k.payment_id IS DISTINCT FROM p.id)""",  # noqa: S608  # our own text
)
CONFIRMED_IS_PAID = Invariant(
    name="I8 confirmed orders are paid",
    promise="The payment that confirmed an order is of that order, and its money came.",
    offenders=f"""
SELECT o.organizer_id, o.id, format('payment %s: %s came', o.payment_id, p.captured) AS found
FROM bookings.orders o
LEFT JOIN payments.payments p
  ON p.organizer_id = o.organizer_id AND p.id = o.payment_id AND p.reference = o.id
WHERE {of("o")} AND o.created_at >= $3 AND o.status = 'confirmed' AND o.payment_id IS NOT NULL
  AND (p.id IS NULL OR p.captured = 0)""",  # noqa: S608  # our own text
)
CONFIRMED_IS_COVERED = Invariant(
    name="I8 confirmed orders are covered",
    promise="What came for a confirmed order and has not gone back or on is all that it costs, but "
    "for what was paid outside when it became dearer, if need be before it was split.",
    offenders=f"""
WITH outside AS (
    SELECT s.organizer_id, s.event_id, s.created_at, sum(k.due_amount) AS amount
    FROM bookings.order_changes k
    JOIN bookings.orders s ON s.organizer_id = k.organizer_id AND s.id = k.order_id
    WHERE {of("k")} AND k.status = 'done' AND k.settled = 'outside'
    GROUP BY s.organizer_id, s.event_id, s.created_at)
SELECT o.organizer_id, o.id,
       format('costs %s, %s are here, %s were paid outside', o.total_amount, p.here,
              coalesce(x.amount, 0)) AS found
FROM bookings.orders o
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.captured - p.refunded - p.moved), 0) AS here
    FROM payments.payments p
    WHERE p.organizer_id = o.organizer_id AND p.reference = o.id AND NOT p.apart) p
LEFT JOIN outside x
  ON x.organizer_id = o.organizer_id AND x.event_id = o.event_id AND x.created_at = o.created_at
WHERE {of("o")} AND o.created_at >= $3 AND o.status = 'confirmed' AND o.total_amount > 0
  AND p.here < o.total_amount - coalesce(x.amount, 0)""",  # noqa: S608  # our own text
)
PURCHASES_PASS_MONEY_ON = Invariant(
    name="I8 what a purchase was paid is its orders'",
    promise="All of the charge that confirmed a purchase is in the payments of its orders; what "
    "else came for one goes back.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('%s came, %s are its orders'', %s went back; the purchase is %s', p.captured, p.moved,
              p.refunded, k.status) AS found
FROM payments.payments p
JOIN bookings.purchases k ON k.organizer_id = p.organizer_id AND k.id = p.reference
WHERE {of("p")} AND p.captured > 0 AND CASE WHEN k.payment_id = p.id THEN p.captured <> p.moved
    ELSE p.captured > p.refunded + p.moved AND p.settled_at < $2 - {WORKER_HAS_HAD} END""",  # noqa: S608  # our own text
)
GIFT_CARDS_WAIT_FOR_OPEN_ORDERS = Invariant(
    name="I7 gift cards wait for open orders alone",
    promise="No gift card still waits to pay for an order that is confirmed or over.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('%s wait, order %s is %s', p.amount, o.id, o.status) AS found
FROM payments.payments p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.reference
WHERE {of("p")} AND p.gift_card_id IS NOT NULL AND p.status IN ('created', 'pending')
  AND o.status IN ('confirmed', 'expired', 'cancelled', 'rejected')""",  # noqa: S608  # our own text
)
ORDERS_KNOW_THEIR_GIFT_CARDS = Invariant(
    name="I8 orders know their gift cards",
    promise="An order names exactly the payments by gift cards that it has, and what each pays.",
    offenders=f"""
SELECT organizer_id, order_id AS id,
       format('payment %s: the order says %s, the payment %s', payment_id, said.amount, paid.amount)
           AS found
FROM (SELECT o.organizer_id, o.id AS order_id, (use ->> 'payment_id')::uuid AS payment_id,
             (use ->> 'gift_card_id')::uuid AS gift_card_id, (use ->> 'amount')::bigint AS amount
      FROM bookings.orders o, jsonb_array_elements(o.charges -> 'gift_cards') use
      WHERE {of("o")} AND o.created_at >= $3) said
FULL JOIN (
      SELECT p.organizer_id, p.reference AS order_id, p.id AS payment_id, p.gift_card_id,
             p.amount - p.moved AS amount
      FROM payments.payments p
      JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.reference
      WHERE {of("p")} AND o.created_at >= $3 AND p.gift_card_id IS NOT NULL
        AND p.status <> 'failed' AND p.amount > p.moved) paid
  USING (organizer_id, order_id, payment_id, gift_card_id)
WHERE said.amount IS DISTINCT FROM paid.amount""",  # noqa: S608  # our own text
)
ONE_CURRENCY = Invariant(
    name="I11 one currency",
    promise="An order, its event and its payments are in one currency.",
    offenders=f"""
SELECT o.organizer_id, o.id, format('%s, paid in %s', o.currency, p.currency) AS found
FROM payments.payments p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.reference
WHERE {of("p")} AND p.created_at >= $3 AND p.currency <> o.currency""",  # noqa: S608  # our own text
)
ORDERS_ARE_OF_THEIR_EVENT = Invariant(
    name="I30 orders are of their event",
    promise="The date and the ticket types of an order are of its event, all of one organizer.",
    offenders=f"""
SELECT o.organizer_id, o.id, format('date %s is not of event %s', o.occurrence_id, o.event_id)
           AS found
FROM bookings.orders o
LEFT JOIN events.occurrences d ON d.organizer_id = o.organizer_id AND d.id = o.occurrence_id
WHERE {of("o")} AND o.created_at >= $3 AND d.event_id IS DISTINCT FROM o.event_id
UNION ALL
SELECT p.organizer_id, p.id, format('type %s is not of event %s', t.id, o.event_id)
FROM bookings.orders o
JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
JOIN events.ticket_types t ON t.organizer_id = p.organizer_id AND t.id = p.ticket_type_id
WHERE {of("o")} AND o.created_at >= $3 AND t.event_id <> o.event_id""",  # noqa: S608  # our own text
)
CANCELLED_IS_EMPTY = Invariant(
    name="I36 a cancelled date has nothing sold",
    promise="Once the work for a cancelled date is done, no order has stock or a valid ticket for "
    "it.",
    offenders=f"""
WITH empty AS (
    SELECT d.organizer_id, d.id FROM events.occurrences d
    WHERE {of("d")} AND d.status = 'cancelled' AND NOT EXISTS (
        SELECT FROM bookings.date_changes k
        WHERE k.organizer_id = d.organizer_id AND k.status = 'running'
          AND d.id = ANY(k.occurrence_ids)))
SELECT c.organizer_id, c.id, format('order %s has units for %s', c.holder, q.occurrence_id) AS found
FROM empty d
JOIN events.quotas q ON q.organizer_id = d.organizer_id AND q.occurrence_id = d.id
JOIN events.claims c ON c.organizer_id = q.organizer_id AND c.quota_id = q.id
WHERE c.kind = 'order' AND c.released_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $2)
UNION ALL
SELECT t.organizer_id, t.id, format('the ticket is for %s', t.occurrence_id)
FROM empty d
JOIN bookings.tickets t ON t.organizer_id = d.organizer_id AND t.occurrence_id = d.id
WHERE t.status = 'valid'""",  # noqa: S608  # our own text
)

HOLDS_END_WITH_THEIR_ORDERS = Invariant(
    name="I44 holds on cards end with their orders",
    promise="A card holds money only for an order that waits for its approval or its payment; for "
    "any other it is being let go.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('held for an order that is %s', o.status) AS found
FROM payments.payments p
JOIN bookings.orders o ON o.organizer_id = p.organizer_id AND o.id = p.reference
WHERE {of("p")} AND p.created_at >= $3 AND p.created_at < $2 - {WORKER_HAS_HAD}
  AND p.status = 'authorised'
  AND p.wish IS DISTINCT FROM 'void'
  AND o.status IN ('confirmed', 'cancelled', 'rejected', 'expired')""",  # noqa: S608  # our own text
)
BETWEEN_SERVICES = (
    CLAIMS_FOLLOW_ORDERS,
    CONFIRMED_HAS_ITS_STOCK,
    SEATS_ARE_HELD,
    MONEY_HAS_AN_ORDER,
    CONFIRMED_IS_PAID,
    CONFIRMED_IS_COVERED,
    PURCHASES_PASS_MONEY_ON,
    GIFT_CARDS_WAIT_FOR_OPEN_ORDERS,
    ORDERS_KNOW_THEIR_GIFT_CARDS,
    ONE_CURRENCY,
    ORDERS_ARE_OF_THEIR_EVENT,
    CANCELLED_IS_EMPTY,
    HOLDS_END_WITH_THEIR_ORDERS,
)
STOCK = events.INVARIANTS
INVARIANTS = (
    *events.INVARIANTS,
    *bookings.INVARIANTS,
    *payments.INVARIANTS,
    *BETWEEN_SERVICES,
)
