"""Whom we tell when another service reports a fact."""

from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.services.bookings.facts import (
    ApplicationMoved,
    ChangeMoved,
    OrderConfirmed,
    OrderDateCancelled,
    OrderDateMoved,
    OrderLinksRequested,
    OrderSplit,
    PresaleRegistrationMoved,
    PurchaseConfirmed,
    ReturnMoved,
    TicketsCancelled,
    TicketsChanged,
    TransferMoved,
    WaitlistJoined,
)
from boxoffice.services.events.facts import PlaceOfferLapsed, PlacesOffered
from boxoffice.services.notifications.api import Notifications
from boxoffice.services.notifications.order_mails import OrderMails
from boxoffice.services.notifications.order_news import OrderNews
from boxoffice.services.notifications.presale_mails import PresaleMails
from boxoffice.services.notifications.waitlist_mails import WaitlistMails
from boxoffice.services.payments.facts import GiftCardIssued
from boxoffice.services.support.facts import ConversationOpened, MessagePosted
from boxoffice.services.users.facts import RegistrationRepeated, UserRegistered


def listeners(notifications: Notifications) -> list[Listener]:
    """One kind of mail each."""
    conversations = notifications.conversations

    async def mail_cancelled_date(fact: OrderDateCancelled, delivery: Delivery) -> None:
        await notifications.dates.send_cancelled(fact, delivery.fact_id)

    async def mail_moved_date(fact: OrderDateMoved, delivery: Delivery) -> None:
        await notifications.dates.send_moved(fact, delivery.fact_id)

    async def mail_verification(fact: UserRegistered, delivery: Delivery) -> None:
        await notifications.accounts.send_verification(fact, delivery.fact_id)

    async def mail_reminder(fact: RegistrationRepeated, delivery: Delivery) -> None:
        await notifications.accounts.send_reminder(fact, delivery.fact_id)

    async def mail_message(fact: ConversationOpened | MessagePosted, delivery: Delivery) -> None:
        await conversations.send_message(
            fact.organizer_id, fact.conversation_id, fact.message_id, fact_id=delivery.fact_id
        )

    return [
        *_waitlist_listeners(notifications.waitlists),
        _presale_listener(notifications.presales),
        *_bought(notifications.orders),
        Listener(
            name="notifications.mail_cancelled_date",
            fact=OrderDateCancelled,
            handle=mail_cancelled_date,
        ),
        Listener(name="notifications.mail_moved_date", fact=OrderDateMoved, handle=mail_moved_date),
        *_news(notifications),
        _split(notifications.news),
        Listener(
            name="notifications.mail_verification", fact=UserRegistered, handle=mail_verification
        ),
        Listener(
            name="notifications.mail_reminder", fact=RegistrationRepeated, handle=mail_reminder
        ),
        Listener(
            name="notifications.mail_opened_conversation",
            fact=ConversationOpened,
            handle=mail_message,
        ),
        Listener(name="notifications.mail_message", fact=MessagePosted, handle=mail_message),
    ]


def _bought(orders: OrderMails) -> list[Listener]:
    """The tickets, or the way to them."""

    async def mail_tickets(fact: OrderConfirmed, delivery: Delivery) -> None:
        assert fact.organizer_id is not None  # noqa: S101  # an order has its organizer
        await orders.send_tickets(fact.organizer_id, fact, delivery.fact_id)

    async def mail_purchase(fact: PurchaseConfirmed, delivery: Delivery) -> None:
        await orders.send_purchase(fact, delivery.fact_id)

    async def mail_order_links(fact: OrderLinksRequested, delivery: Delivery) -> None:
        await orders.send_links(fact, delivery.fact_id)

    return [
        Listener(name="notifications.mail_tickets", fact=OrderConfirmed, handle=mail_tickets),
        Listener(name="notifications.mail_purchase", fact=PurchaseConfirmed, handle=mail_purchase),
        Listener(
            name="notifications.mail_order_links",
            fact=OrderLinksRequested,
            handle=mail_order_links,
        ),
    ]


def _split(news: OrderNews) -> Listener:
    async def mail_split(fact: OrderSplit, delivery: Delivery) -> None:
        await news.send_split(fact, delivery.fact_id)

    return Listener(name="notifications.mail_split", fact=OrderSplit, handle=mail_split)


def _news(notifications: Notifications) -> list[Listener]:
    """What happens to an order after the sale."""

    async def mail_cancellation(fact: TicketsCancelled, delivery: Delivery) -> None:
        assert fact.organizer_id is not None  # noqa: S101  # an order has its organizer
        await notifications.news.send_cancellation(fact.organizer_id, fact, delivery.fact_id)

    async def mail_change(fact: TicketsChanged, delivery: Delivery) -> None:
        await notifications.news.send_changed(fact, delivery.fact_id)

    async def mail_waiting_change(fact: ChangeMoved, delivery: Delivery) -> None:
        await notifications.news.send_change(fact, delivery.fact_id)

    async def mail_transfer(fact: TransferMoved, delivery: Delivery) -> None:
        assert fact.organizer_id is not None  # noqa: S101  # a ticket has its organizer
        await notifications.news.send_transfer(fact.organizer_id, fact, delivery.fact_id)

    async def mail_application(fact: ApplicationMoved, delivery: Delivery) -> None:
        await notifications.applications.send(fact, delivery.fact_id)

    async def mail_gift_card(fact: GiftCardIssued, delivery: Delivery) -> None:
        assert fact.organizer_id is not None  # noqa: S101  # a card has its organizer
        await notifications.gift_cards.send_issued(fact.organizer_id, fact, delivery.fact_id)

    async def mail_return(fact: ReturnMoved, delivery: Delivery) -> None:
        await notifications.news.send_return(fact, delivery.fact_id)

    return [
        Listener(name="notifications.mail_gift_card", fact=GiftCardIssued, handle=mail_gift_card),
        Listener(name="notifications.mail_return", fact=ReturnMoved, handle=mail_return),
        Listener(
            name="notifications.mail_application", fact=ApplicationMoved, handle=mail_application
        ),
        Listener(
            name="notifications.mail_cancellation", fact=TicketsCancelled, handle=mail_cancellation
        ),
        Listener(name="notifications.mail_change", fact=TicketsChanged, handle=mail_change),
        Listener(
            name="notifications.mail_waiting_change", fact=ChangeMoved, handle=mail_waiting_change
        ),
        Listener(name="notifications.mail_transfer", fact=TransferMoved, handle=mail_transfer),
    ]


def _waitlist_listeners(mails: WaitlistMails) -> list[Listener]:
    async def mail_place(fact: WaitlistJoined, delivery: Delivery) -> None:
        await mails.send_joined(fact.organizer_id, fact.entry_id, delivery.fact_id)

    async def mail_offer(fact: PlacesOffered, delivery: Delivery) -> None:
        await mails.send_offer(fact.organizer_id, fact.waiting_id, delivery.fact_id)

    async def mail_lapse(fact: PlaceOfferLapsed, delivery: Delivery) -> None:
        await mails.send_lapsed(fact.organizer_id, fact.waiting_id, delivery.fact_id)

    return [
        Listener(name="notifications.mail_waitlist_place", fact=WaitlistJoined, handle=mail_place),
        Listener(name="notifications.mail_places_offered", fact=PlacesOffered, handle=mail_offer),
        Listener(name="notifications.mail_offer_lapsed", fact=PlaceOfferLapsed, handle=mail_lapse),
    ]


def _presale_listener(mails: PresaleMails) -> Listener:
    async def mail_presale(fact: PresaleRegistrationMoved, delivery: Delivery) -> None:
        await mails.send(fact, delivery.fact_id)

    return Listener(
        name="notifications.mail_presale", fact=PresaleRegistrationMoved, handle=mail_presale
    )
