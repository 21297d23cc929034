"""A practice card company: stands in for a card company's servers; its cards cost nobody a cent.

It is a stranger to the rest of the product: a process of its own with its own durable book, only
reached over HTTP, as a real one would be. It knows no orders and no organizers, only merchants,
charges and refunds. Its cards succeed, decline, dawdle or answer late on purpose, and its webhooks
can be told to arrive twice, late or out of order.

    python -m boxoffice.practice --data DIR --port N     (secrets come from the environment)
"""
