"""Events: what takes place, where and when, what can be bought for it, and the stock behind that.

Owns     schema events: events, occurrences, series, venues, ticket_types, quotas,
         quota_ticket_types, claims, discovery, waiting, tax_rules, event_prices, vouchers,
         voucher_uses, presales, questions
Offers   api.Events · facts EventPublished, EventChanged, EventUnpublished,
         DatesCancelled, DatesPostponed, PlacesFreed, PlacesOffered, PlaceOfferLapsed
Listens  to nobody
"""
