"""A hook: whoever counts failed sign-ins per account stands here. The counting is the gateway's."""

from typing import Protocol

from boxoffice.kernel.actors import Actor


class Attempts(Protocol):
    """Asked around every look at a password. `email` is normalised, of an account or not."""

    async def admit(self, email: str, actor: Actor, /) -> None:
        """Before the password is looked at; raise `Busy` to refuse the attempt."""
        ...

    async def failed(self, email: str, actor: Actor, /) -> None:
        """The password was wrong, or there is no such account."""
        ...

    async def succeeded(self, email: str, actor: Actor, /) -> None:
        """The owner is in."""
        ...


class Uncounted:
    """Lets every attempt pass."""

    async def admit(self, *_: object) -> None:
        return

    async def failed(self, *_: object) -> None:
        return

    async def succeeded(self, *_: object) -> None:
        return
