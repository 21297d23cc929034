"""Money as integer minor units, with the exponents of ISO 4217."""

from typing import Self

import msgspec

from boxoffice.kernel.refusals import Invalid

# ISO 4217: minor units per currency where they are not two.
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


class WrongCurrency(Invalid):
    """Two amounts of different currencies met; convert or separate them first."""

    code = "wrong_currency"


class Money(msgspec.Struct, frozen=True, kw_only=True, order=False):
    """`amount` minor units (cents, yen, fils) of the ISO 4217 `currency`."""

    amount: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(amount=0, currency=currency)

    @property
    def exponent(self) -> int:
        """Digits behind the decimal point: 2 for EUR, 0 for JPY, 3 for KWD."""
        return _EXPONENTS.get(self.currency, 2)

    @property
    def is_zero(self) -> bool:
        return self.amount == 0

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise WrongCurrency(f"{self.currency} and {other.currency} cannot be added.")
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __mul__(self, factor: int) -> "Money":
        return Money(amount=self.amount * factor, currency=self.currency)

    def __str__(self) -> str:
        """`EUR 12.50`: for mails and logs in plain text; pages format by locale."""
        sign = "-" if self.amount < 0 else ""
        digits = str(abs(self.amount)).rjust(self.exponent + 1, "0")
        if self.exponent == 0:
            return f"{self.currency} {sign}{digits}"
        return f"{self.currency} {sign}{digits[: -self.exponent]}.{digits[-self.exponent :]}"
