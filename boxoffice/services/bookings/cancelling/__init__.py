"""Cancelling tickets, one or all of an order: by the buyer, by staff, and by the house itself.

There is one way to cancel a position, and this is it.
"""
