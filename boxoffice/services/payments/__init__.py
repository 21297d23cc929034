"""Payments: whether the money came, and how it goes back.

Owns     schema payments: payments, payment_attempts, refunds, provider_events
Offers   api.Payments · facts PaymentSucceeded, PaymentFailed, RefundSucceeded
Listens  to nobody
"""
