"""Gateway: what every request passes on its way in, and every answer on its way out.

Owns     the HTTP edge: identity, permission, limits, idempotency keys, problems, headers, pages
Offers   application.create_application · settings.GatewaySettings
Knows    no business rule; it asks the services' facades and the data layer through what it is given

A request passes `front` (trace id, address, pages from memory, headers of the answer, metrics, one
log line), then Litestar finds the operation, then `checkpoint` asks in this order: too many from
this address? who is it? too many from them? forged by another site? allowed? Then the handler runs.
"""
