"""Payments over HTTP. Paying is a matter of orders: see `bookings.routes`."""

from litestar import Router

from boxoffice.services.payments.routes import gift_cards, webhooks

router = Router("/api/v1", route_handlers=[*webhooks.HANDLERS, *gift_cards.HANDLERS])
