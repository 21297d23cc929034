"""Offering a ticket back at face value: to those who wait, refunded only when one has bought it.

Until then the ticket stays valid. The code dies in the transaction that confirms the other order.
"""
