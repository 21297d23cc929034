"""The two logins of a demo installation: made once, kept in the data folder, shown at start."""

import secrets
from typing import NamedTuple

from boxoffice.data.embedded.vault import Vault


class Login(NamedTuple):
    email: str
    password: str


class Logins(NamedTuple):
    """Who can sign in after `boxoffice demo`."""

    organizer: Login
    admin: Login


def logins_of(vault: Vault) -> Logins:
    """The same at every start."""
    return Logins(
        Login("organizer@boxoffice.test", vault.secret("demo_organizer_password", _password)),
        Login("admin@boxoffice.test", vault.secret("platform_admin_password", _password)),
    )


def _password() -> str:
    """112 random bits that survive being copied by hand: words would need a word list."""
    return "-".join(secrets.token_hex(4) for _ in range(4))
