"""The data layer: PostgreSQL, the cache, blobs, and what every service needs to change state
safely.

`postgres.Database` opens transactions; `transaction.Transaction` carries the outbox, the audit log
and the idempotency claim of one change; `coalescing.Coalescer` settles many commands in one
transaction.
"""
