"""Purchases: orders for several events of one organizer, held, paid and confirmed together."""
