"""What must hold in the schema `events`: stock, seats, vouchers, the line, dates."""

from boxoffice.data.invariants import Invariant, of

# Standing: counted. Live: counted and not past its time.
_LIVE = "c.released_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $2)"

NO_OVERSELL = Invariant(
    name="I1 no oversell",
    promise="What is live of a quota never exceeds its ceiling, and the ceiling exceeds the "
    "capacity only by what is overbooked knowingly.",
    offenders=f"""
SELECT q.organizer_id, q.id,
       format('%s units are live, %s claimed; capacity %s, ceiling %s',
              coalesce(l.units, 0), q.claimed, q.capacity, q.ceiling) AS found
FROM events.quotas q
LEFT JOIN (SELECT c.organizer_id, c.quota_id, sum(c.units) AS units FROM events.claims c
           WHERE {of("c")} AND {_LIVE}
           GROUP BY c.organizer_id, c.quota_id) l
  ON l.organizer_id = q.organizer_id AND l.quota_id = q.id
WHERE {of("q")}
  AND (l.units > q.ceiling OR q.ceiling <> greatest(q.capacity, q.claimed))""",  # noqa: S608  # our own text
)
ONE_CLAIM_PER_SEAT = Invariant(
    name="I2 one claim per seat",
    promise="A seat has one standing claim at a time.",
    offenders=f"""
SELECT c.organizer_id, c.seat_id AS id, format('%s standing claims', count(*)) AS found
FROM events.claims c
WHERE {of("c")} AND c.released_at IS NULL AND c.seat_id IS NOT NULL
GROUP BY c.organizer_id, c.seat_id HAVING count(*) > 1""",  # noqa: S608  # our own text
)
COUNTERS_ARE_TRUE = Invariant(
    name="I3 counters are true",
    promise="A quota has counted exactly the units of its standing claims.",
    offenders=f"""
SELECT q.organizer_id, q.id,
       format('counted %s, claims say %s', q.claimed, coalesce(s.units, 0)) AS found
FROM events.quotas q
LEFT JOIN (SELECT c.organizer_id, c.quota_id, sum(c.units) AS units FROM events.claims c
           WHERE {of("c")} AND c.released_at IS NULL
           GROUP BY c.organizer_id, c.quota_id) s
  ON s.organizer_id = q.organizer_id AND s.quota_id = q.id
WHERE {of("q")} AND q.claimed <> coalesce(s.units, 0)""",  # noqa: S608  # our own text
)
NOBODYS_CLAIM = Invariant(
    name="I4 no claim of nobody's",
    promise="A live block, voucher or offer has its block, voucher or place in line.",
    offenders=f"""
SELECT c.organizer_id, c.id, format('%s of %s', c.kind, c.holder) AS found
FROM events.claims c
LEFT JOIN events.blocks b
  ON c.kind = 'block' AND b.organizer_id = c.organizer_id AND b.id = c.holder
     AND b.released_at IS NULL
LEFT JOIN events.vouchers v
  ON c.kind = 'voucher' AND v.organizer_id = c.organizer_id AND v.id = c.holder
     AND v.deleted_at IS NULL
LEFT JOIN events.waiting w
  ON c.kind = 'offer' AND w.organizer_id = c.organizer_id AND w.id = c.holder
     AND w.offered_at IS NOT NULL AND w.ended_at IS NULL
WHERE {of("c")} AND c.kind <> 'order' AND {_LIVE}
  AND b.id IS NULL AND v.id IS NULL AND w.id IS NULL""",  # noqa: S608  # our own text
)
VOUCHERS_ARE_COUNTED = Invariant(
    name="I20 vouchers are counted",
    promise="A voucher has counted exactly its standing uses and what they took off, and neither "
    "exceeds what it may.",
    offenders=f"""
SELECT v.organizer_id, v.id,
       format('counted %s uses and %s off, uses say %s and %s; at most %s and %s', v.used, v.spent,
              coalesce(u.units, 0), coalesce(u.amount, 0), v.max_uses, v.budget) AS found
FROM events.vouchers v
LEFT JOIN (SELECT u.organizer_id, u.voucher_id, sum(u.units) AS units, sum(u.amount) AS amount
           FROM events.voucher_uses u WHERE {of("u")} AND u.released_at IS NULL
           GROUP BY u.organizer_id, u.voucher_id) u
  ON u.organizer_id = v.organizer_id AND u.voucher_id = v.id
WHERE {of("v")}
  AND (v.used <> coalesce(u.units, 0) OR v.spent <> coalesce(u.amount, 0)
       OR v.used > v.max_uses OR v.spent > v.budget)""",  # noqa: S608  # our own text
)
OFFERS_ARE_REAL = Invariant(
    name="I27 offers are real",
    promise="Whoever has an offer has its units: exactly those, in every quota that they count "
    "against, and so has it what comes along with them.",
    offenders=f"""
SELECT w.organizer_id, w.id,
       format('offered %s, has %s to %s', w.units, coalesce(h.least, 0), coalesce(h.most, 0))
           AS found
FROM events.waiting w
LEFT JOIN LATERAL (
    SELECT max(least) FILTER (WHERE ticket_type_id = w.offered_type_id) AS least,
           max(most) FILTER (WHERE ticket_type_id = w.offered_type_id) AS most,
           bool_or(least <> most) AS uneven
    FROM (
        SELECT ticket_type_id, variation_id, min(units) AS least, max(units) AS most FROM (
            SELECT c.ticket_type_id, c.variation_id, sum(c.units) AS units FROM events.claims c
            WHERE c.organizer_id = w.organizer_id AND c.holder = w.id AND c.kind = 'offer'
              AND {_LIVE}
            GROUP BY c.quota_id, c.ticket_type_id, c.variation_id) per_quota
        GROUP BY ticket_type_id, variation_id) per_type) h ON true
WHERE {of("w")} AND w.offered_at IS NOT NULL AND w.ended_at IS NULL AND w.offer_ends_at > $2
  AND (h.least IS DISTINCT FROM w.units OR h.most IS DISTINCT FROM w.units OR h.uneven)""",  # noqa: S608  # our own text
)
STOCK_IS_OF_ITS_EVENT = Invariant(
    name="I30 stock is of its event",
    promise="Quotas are of a date of their event, and what is claimed of them is a ticket type of "
    "that event, all of one organizer.",
    offenders=f"""
SELECT q.organizer_id, q.id, 'the quota is for a date of another event' AS found
FROM events.quotas q
LEFT JOIN events.occurrences d ON d.organizer_id = q.organizer_id AND d.id = q.occurrence_id
WHERE {of("q")} AND d.event_id IS DISTINCT FROM q.event_id
UNION ALL
SELECT c.organizer_id, c.id, 'the claim is for a ticket type of another event'
FROM events.claims c
LEFT JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
LEFT JOIN events.ticket_types t ON t.organizer_id = c.organizer_id AND t.id = c.ticket_type_id
WHERE {of("c")} AND c.released_at IS NULL
  AND (q.id IS NULL OR c.ticket_type_id IS NOT NULL AND t.event_id IS DISTINCT FROM q.event_id)""",  # noqa: S608  # our own text
)
DATES_MAKE_SENSE = Invariant(
    name="I35 dates make sense",
    promise="A date ends after it begins, and the time zone of its event is one.",
    offenders=f"""
SELECT d.organizer_id, d.id, format('from %s to %s', d.starts_at, d.ends_at) AS found
FROM events.occurrences d WHERE {of("d")} AND d.ends_at <= d.starts_at
UNION ALL
SELECT e.organizer_id, e.id, format('time zone %s', e.timezone)
FROM events.events e
WHERE {of("e")} AND e.timezone NOT IN (SELECT name FROM pg_timezone_names)""",  # noqa: S608  # our own text
)
LINE_IS_FIRST = Invariant(
    name="I39 the line is first",
    promise="While people wait for units of a quota, none of it is free for others.",
    offenders=f"""
SELECT q.organizer_id, q.id, format('%s of %s claimed', q.claimed, q.capacity) AS found
FROM events.claims c
JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
WHERE {of("c")} AND c.kind = 'offer' AND c.id = c.quota_id AND c.released_at IS NULL
  AND q.claimed < q.capacity""",  # noqa: S608  # our own text
)
SET_ASIDE_ADDS_UP = Invariant(
    name="I40 what is set aside adds up",
    promise="What a voucher still keeps of a quota and what its orders took from there are "
    "together as much as it set aside.",
    offenders=f"""
SELECT v.organizer_id, v.id,
       format('%s of %s in quota %s', sum(c.units), v.max_uses, c.quota_id) AS found
FROM events.vouchers v
JOIN events.claims k
  ON k.organizer_id = v.organizer_id AND k.holder = v.id AND k.kind = 'voucher'
     AND k.seat_id IS NULL AND k.released_at IS NULL
     AND (k.expires_at IS NULL OR k.expires_at > $2)
JOIN events.claims c
  ON c.organizer_id = k.organizer_id AND c.quota_id = k.quota_id AND c.released_at IS NULL
     AND (c.kind = 'voucher' AND c.holder = v.id OR c.voucher_id = v.id)
WHERE {of("v")} AND v.on_stock = 'reserve' AND v.deleted_at IS NULL
GROUP BY v.organizer_id, v.id, v.max_uses, c.quota_id
HAVING sum(c.units) <> v.max_uses""",  # noqa: S608  # our own text
)

INVARIANTS = (
    NO_OVERSELL,
    ONE_CLAIM_PER_SEAT,
    COUNTERS_ARE_TRUE,
    NOBODYS_CLAIM,
    VOUCHERS_ARE_COUNTED,
    OFFERS_ARE_REAL,
    STOCK_IS_OF_ITS_EVENT,
    DATES_MAKE_SENSE,
    LINE_IS_FIRST,
    SET_ASIDE_ADDS_UP,
)
