"""Payments: whether the money came, and how it goes back.

Owns     schema payments: payments, payment_attempts, refunds, provider_events, gift_cards,
         gift_card_entries
Offers   api.Payments · facts PaymentSucceeded, PaymentFailed, RefundSucceeded, GiftCardIssued
Listens  to nobody
"""
