"""Cancelling tickets, one or all of an order, by the buyer and by staff."""
