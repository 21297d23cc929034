"""What must hold in the schema `payments`."""

from boxoffice.data.invariants import Invariant, of

REFUNDS_ARE_COVERED = Invariant(
    name="I9 refunds are covered",
    promise="A payment has counted exactly the refunds that were promised of it, and they are no "
    "more than what came.",
    offenders=f"""
SELECT p.organizer_id, p.id,
       format('came %s, counted %s, refunds say %s', p.captured, p.refunded, coalesce(r.amount, 0))
           AS found
FROM payments.payments p
LEFT JOIN (SELECT r.organizer_id, r.payment_id, sum(r.amount) AS amount FROM payments.refunds r
           WHERE {of("r")} AND r.status <> 'failed' GROUP BY r.organizer_id, r.payment_id) r
  ON r.organizer_id = p.organizer_id AND r.payment_id = p.id
WHERE {of("p")} AND p.created_at >= $3
  AND (p.refunded <> coalesce(r.amount, 0) OR p.refunded > p.captured)""",  # noqa: S608  # our own text
)
ONE_PAYMENT_PER_CHARGE = Invariant(
    name="I14 one payment per charge",
    promise="A charge in a provider's book is one payment in ours.",
    offenders=f"""
SELECT p.organizer_id, min(p.id::text)::uuid AS id,
       format('%s payments of charge %s', count(*), p.charge_id) AS found
FROM payments.payments p WHERE {of("p")} AND p.created_at >= $3 AND p.charge_id IS NOT NULL
GROUP BY p.organizer_id, p.provider, p.charge_id HAVING count(*) > 1""",  # noqa: S608  # our own text
)
PAYMENTS_MAKE_SENSE = Invariant(
    name="I38 payments make sense",
    promise="A payment is of more than nothing, and no more came than was asked for.",
    offenders=f"""
SELECT p.organizer_id, p.id, format('asked %s, came %s', p.amount, p.captured) AS found
FROM payments.payments p
WHERE {of("p")} AND p.created_at >= $3
  AND (p.amount <= 0 OR p.captured < 0 OR p.captured > p.amount OR p.refunded < 0)""",  # noqa: S608  # our own text
)

INVARIANTS = (REFUNDS_ARE_COVERED, ONE_PAYMENT_PER_CHARGE, PAYMENTS_MAKE_SENSE)
