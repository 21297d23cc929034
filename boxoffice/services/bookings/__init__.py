"""Bookings: who holds what, until when, and who may walk in.

Owns     schema bookings: orders, order_positions, tickets, scans, link_requests, cancellations,
         event_policies, transfers, answers, answer_files, date_changes, date_change_steps,
         waitlist_entries, presale_registrations, returns, applications, order_changes,
         purchases, purchase_orders, splits
Offers   api.Bookings · facts OrderConfirmed, MoneyCameTooLate, OrderLinksRequested,
         TicketsCancelled, TransferMoved, ReturnMoved, DateChangeStarted, OrderDateCancelled,
         OrderDateMoved, WaitlistJoined, PresaleRegistrationMoved, ApplicationMoved,
         TicketsChanged, ChangeMoved, PurchaseConfirmed, OrderSplit
Listens  events.PlacesFreed, payments.PaymentSucceeded, PaymentFailed, RefundSucceeded
"""
