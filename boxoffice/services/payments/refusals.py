"""Why a payment or a refund cannot be."""

from boxoffice.kernel.refusals import Conflict, Invalid, PaymentRefused, Refusal, Unavailable


class CardDeclined(PaymentRefused):
    """A payment failed. Facts: its `decline_code` and `payment_id`."""

    code = "card_declined"
    message = "The card was declined; try another one."


class NothingToPay(Invalid):
    code = "nothing_to_pay"
    message = "There is nothing to pay; confirm the order instead."


class AlreadyPaid(Conflict):
    code = "already_paid"
    message = "This has been paid; load it again."


class PaymentUnderWay(Conflict):
    code = "payment_under_way"
    message = "A payment for this is under way; wait for its outcome before you try again."


class NothingToRefund(Invalid):
    code = "nothing_to_refund"
    message = "Say how much is to be given back: more than nothing."


class TooMuchToRefund(Conflict):
    code = "too_much_to_refund"
    message = "No more can be given back than has come."


class TooMuchToShare(Conflict):
    code = "too_much_to_share"
    message = "No more can be moved on than has come and is still here; load it again."


class ForgedWebhook(Refusal):
    code = "bad_signature"
    message = "The signature does not fit; sign the request with the current webhook secret."


class ProviderDown(Unavailable):
    code = "provider_down"
    message = "The card company does not answer right now; try again shortly."


class NoPaymentMethods(Conflict):
    code = "no_payment_methods"
    message = "Nothing can be paid here until a payment provider is set up."
