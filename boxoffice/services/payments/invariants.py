"""What must hold in the schema `payments`."""

from boxoffice.data.invariants import Invariant, of

# Money that was too much or too late is given back by a worker, a moment after it came.
WORKER_HAS_HAD = "interval '15 minutes'"
REFUNDS_ARE_COVERED = Invariant(
    name="I9 refunds are covered",
    promise="A payment has counted exactly the refunds that were promised of it, and with what was "
    "moved on they are no more than what came.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('came %s, moved on %s, counted %s, refunds say %s', p.captured, p.moved, p.refunded,
              coalesce(r.amount, 0)) AS found
FROM payments.payments p
LEFT JOIN (SELECT r.organizer_id, r.payment_id, sum(r.amount) AS amount FROM payments.refunds r
           WHERE {of("r")} AND r.status <> 'failed' GROUP BY r.organizer_id, r.payment_id) r
  ON r.organizer_id = p.organizer_id AND r.payment_id = p.id
WHERE {of("p")} AND p.created_at >= $3
  AND (p.refunded <> coalesce(r.amount, 0) OR p.refunded + p.moved > p.captured)""",  # noqa: S608  # our own text
)
ONE_PAYMENT_PER_CHARGE = Invariant(
    name="I14 one payment per charge",
    promise="A charge in a provider's book is one payment in ours, apart from the parts of it.",
    offenders=f"""
SELECT p.organizer_id, min(p.id::text)::uuid AS id,
       format('%s payments of charge %s', count(*), p.charge_id) AS found
FROM payments.payments p WHERE {of("p")} AND p.created_at >= $3 AND p.charge_id IS NOT NULL
  AND p.part_of IS NULL
GROUP BY p.organizer_id, p.provider, p.charge_id HAVING count(*) > 1""",  # noqa: S608  # our own text
)
PAYMENTS_MAKE_SENSE = Invariant(
    name="I38 payments make sense",
    promise="A payment is of more than nothing, and no more came than was asked for.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('asked %s, came %s', p.amount, p.captured) AS found
FROM payments.payments p
WHERE {of("p")} AND p.created_at >= $3
  AND (p.amount <= 0 OR p.captured < 0 OR p.captured > p.amount OR p.refunded < 0
       OR p.moved < 0)""",  # noqa: S608  # our own text
)
HELD_HAS_NOT_COME = Invariant(
    name="I44 what is held has not come",
    promise="Of money that a card holds, or held and let go of, nothing is counted as ours; and it "
    "is known until when a card holds it.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('%s until %s, came %s', p.status, p.authorised_until, p.captured) AS found
FROM payments.payments p
WHERE {of("p")} AND p.created_at >= $3
  AND (p.status IN ('authorised', 'voided') AND (p.captured <> 0 OR NOT p.manual)
       OR p.status = 'authorised' AND p.authorised_until IS NULL)""",  # noqa: S608  # our own text
)
PARTS_ADD_UP = Invariant(
    name="I14 parts add up",
    promise="What was moved on of a charge is in its parts to the minor unit: each came through "
    "the same charge or gift card, and is part of what was charged itself.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('moved on %s, its parts have %s', p.moved + parts.moved, parts.amount) AS found
FROM payments.payments p
CROSS JOIN LATERAL (
    SELECT coalesce(sum(k.amount), 0) AS amount, coalesce(sum(k.moved), 0) AS moved
    FROM payments.payments k WHERE k.organizer_id = p.organizer_id AND k.part_of = p.id) parts
WHERE {of("p")} AND p.created_at >= $3 AND p.part_of IS NULL
  AND p.moved + parts.moved <> parts.amount
UNION ALL
SELECT k.organizer_id, k.id, format('part of %s, which is another charge', k.part_of)
FROM payments.payments k
LEFT JOIN payments.payments p ON p.organizer_id = k.organizer_id AND p.id = k.part_of
WHERE {of("k")} AND k.created_at >= $3 AND k.part_of IS NOT NULL
  AND (p.id IS NULL OR p.part_of IS NOT NULL OR k.captured <> k.amount
       OR (k.provider, k.charge_id, k.gift_card_id, k.currency)
          IS DISTINCT FROM (p.provider, p.charge_id, p.gift_card_id, p.currency))""",  # noqa: S608  # our own text
)
NOTHING_IS_PAID_TWICE = Invariant(
    name="I15 nothing is paid twice",
    promise="Of two charges for one thing, an order or what it came to cost more later, at most "
    "one is kept; the other goes back.",
    offenders=f"""
SELECT p.organizer_id, p.reference AS id,
       format('%s charges are kept: %s', count(*), string_agg(p.id::text, ', ' ORDER BY p.id))
           AS found
FROM payments.payments p
WHERE {of("p")} AND p.created_at >= $3 AND p.captured > p.refunded + p.moved
  AND p.part_of IS NULL AND p.gift_card_id IS NULL AND p.settled_at < $2 - {WORKER_HAS_HAD}
GROUP BY p.organizer_id, p.reference, coalesce(p.purpose, p.reference) HAVING count(*) > 1""",  # noqa: S608  # our own text
)
GIFT_CARDS_ADD_UP = Invariant(
    name="I3 gift cards add up",
    promise="What is on a gift card is the sum of its entries.",
    offenders=f"""
SELECT c.organizer_id, c.id,
       format('on it %s, entries say %s', c.balance, coalesce(e.amount, 0)) AS found
FROM payments.gift_cards c
LEFT JOIN (SELECT e.organizer_id, e.gift_card_id, sum(e.amount) AS amount
           FROM payments.gift_card_entries e WHERE {of("e")}
           GROUP BY e.organizer_id, e.gift_card_id) e
  ON e.organizer_id = c.organizer_id AND e.gift_card_id = c.id
WHERE {of("c")} AND c.balance <> coalesce(e.amount, 0)""",  # noqa: S608  # our own text
)
GIFT_CARDS_PAY_ONCE = Invariant(
    name="I9 gift cards pay once",
    promise="What a gift card paid was taken off it once, and is on it again exactly as far as it "
    "was let go or refunded to it.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('%s of %s, gone back %s, entries say %s', p.status, p.amount, coalesce(r.amount, 0),
              coalesce(e.amount, 0)) AS found
FROM payments.payments p
LEFT JOIN (SELECT r.organizer_id, r.payment_id, sum(r.amount) AS amount FROM payments.refunds r
           WHERE {of("r")} AND r.status = 'succeeded' AND r.gift_card_id IS NULL
           GROUP BY r.organizer_id, r.payment_id) r
  ON r.organizer_id = p.organizer_id AND r.payment_id = p.id
LEFT JOIN (SELECT e.organizer_id, e.payment_id, e.gift_card_id, sum(e.amount) AS amount
           FROM payments.gift_card_entries e WHERE {of("e")} AND e.payment_id IS NOT NULL
           GROUP BY e.organizer_id, e.payment_id, e.gift_card_id) e
  ON e.organizer_id = p.organizer_id AND e.payment_id = p.id AND e.gift_card_id = p.gift_card_id
WHERE {of("p")} AND p.created_at >= $3 AND p.gift_card_id IS NOT NULL
  AND coalesce(e.amount, 0)
      <> CASE p.status WHEN 'failed' THEN 0 ELSE coalesce(r.amount, 0)
         - CASE WHEN p.part_of IS NULL THEN p.amount ELSE 0 END END""",  # noqa: S608  # our own text
)

INVARIANTS = (
    REFUNDS_ARE_COVERED,
    ONE_PAYMENT_PER_CHARGE,
    PAYMENTS_MAKE_SENSE,
    HELD_HAS_NOT_COME,
    PARTS_ADD_UP,
    NOTHING_IS_PAID_TWICE,
    GIFT_CARDS_ADD_UP,
    GIFT_CARDS_PAY_ONCE,
)
