"""Waiting lists: who waits, what they are offered, and how an offer becomes an order."""
