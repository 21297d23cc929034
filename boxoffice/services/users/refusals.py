"""Why users refuses."""

from boxoffice.kernel.refusals import Conflict, Gone, Invalid, NotAuthenticated


class WrongCredentials(NotAuthenticated):
    """One answer for a wrong password, an unknown or unproved address, a disabled account."""

    code = "wrong_credentials"
    message = (
        "No verified account has this e-mail address and password. New here? First open the link "
        "in the mail we sent you."
    )


class SessionOver(NotAuthenticated):
    code = "session_over"
    message = "This session has ended; sign in again."


class BadLink(Invalid):
    code = "link_invalid"
    message = "This link is not complete or a newer one has replaced it: use the latest mail."


class LinkExpired(Gone):
    code = "link_expired"
    message = "This link has expired; register again to get a new one."


class LinkUsed(Gone):
    code = "link_used"
    message = "This address is verified already; sign in."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "Another organizer has this address; take another one."


class AlreadyMember(Conflict):
    code = "already_member"
    message = "This person is in the team already; change the role instead."
