"""Giving a ticket on to another person: an offer by mail, taken, declined or withdrawn.

The code changes only when the offer is taken, in the transaction that takes it.
"""
