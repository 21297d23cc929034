"""Bookings: who holds what, until when, and who may walk in.

Owns     schema bookings: orders, order_positions, tickets, scans, link_requests,
         answers, answer_files
Offers   api.Bookings · facts OrderConfirmed, MoneyCameTooLate, OrderLinksRequested
Listens  payments.PaymentSucceeded, PaymentFailed, RefundSucceeded
"""
