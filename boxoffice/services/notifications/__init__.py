"""Notifications: what people are told by mail, and whether it went out.

Owns     schema notifications: deliveries, platform_deliveries, caught_mail
Offers   api.Notifications, to the composition root only: nobody calls notifications
Listens  users.UserRegistered, RegistrationRepeated · bookings.OrderConfirmed, OrderLinksRequested,
         OrderDateCancelled, OrderDateMoved, TicketsCancelled, TransferMoved, ReturnMoved,
         ApplicationMoved, TicketsChanged, ChangeMoved, PurchaseConfirmed, OrderSplit ·
         support.ConversationOpened, MessagePosted
"""
