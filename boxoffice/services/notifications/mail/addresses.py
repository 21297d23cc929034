"""Who a mail is from and to. A mailbox that exists here is one mailbox and nothing else."""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Self

import msgspec

from boxoffice.kernel.refusals import Invalid

_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"(?P<local>[^\s<>()\[\]\\,;:\"@]{1,64})@(?P<domain>[^\s<>()\[\]\\,;:\"@]+)")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)
# Control characters and the two Unicode line ends: whatever some reader takes for a break.
_BREAK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class UnsafeHeader(Invalid):
    """A line break or control character where a header wants one line."""

    code = "unsafe_header"
    message = "Names, subjects and file names of a mail stay on one line; remove the line break."


class BadAddress(Invalid):
    """Not the address of exactly one mailbox."""

    code = "bad_address"
    message = "This is not an email address; write it like name@example.org."


class Mailbox(msgspec.Struct, frozen=True):
    """An address and the name shown with it."""

    address: str
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `Box Office <tickets@example.org>` or the bare address."""
        name, address = parseaddr(safe(text))
        return cls(address=address, name=name)

    def header(self) -> Address:
        """For a From or To header; raises `BadAddress` or `UnsafeHeader`."""
        return Address(display_name=safe(self.name), addr_spec=_ascii_domain(safe(self.address)))


def safe(value: str) -> str:
    """The value, if it stays on its line, as words that no reader decodes; else `UnsafeHeader`.

    Ours on purpose: the standard library's own check has had holes, and it reads a typed
    `=?utf-8?…` back as an encoded word, line breaks, further addresses and all.
    """
    if _BREAK.search(value):
        raise UnsafeHeader
    return value.replace("=?", "= ?")


def _ascii_domain(address: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None or len(address) > _LONGEST_ADDRESS:
        raise BadAddress
    try:
        domain = found["domain"].encode("idna").decode()
    except UnicodeError as error:
        raise BadAddress from error
    if not _DOMAIN.fullmatch(domain):
        raise BadAddress
    return f"{found['local']}@{domain}"
