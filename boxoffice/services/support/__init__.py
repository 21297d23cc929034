"""Support: the conversation between a buyer and an organizer about one order.

Owns     schema support: conversations, messages
Offers   api.Support · facts ConversationOpened, MessagePosted
Asks     bookings.api (whose order is it) · users.api (the organizer's name)
Listens  to nobody
"""
