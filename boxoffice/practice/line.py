"""A connection to whoever receives the webhooks, kept open between them."""

import http.client
import sqlite3
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from boxoffice.practice import signing

_TIMEOUT = 5.0


class Line:
    """Blocking, for one thread at a time. `{merchant}` in `url` stands for the merchant's name.

    The standard library's client, because this process should stay small.
    """

    def __init__(self, url: str, secrets: list[bytes]) -> None:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=_TIMEOUT)
        self._path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._secrets = secrets

    def deliver(self, deliveries: Sequence[sqlite3.Row]) -> list[bool]:
        """Send them one after another; whether each was received, that is answered with 2xx."""
        return [self._received(delivery) for delivery in deliveries]

    def _received(self, delivery: sqlite3.Row) -> bool:
        for _ in range(2):
            try:
                return self._post(delivery)
            except (http.client.RemoteDisconnected, BrokenPipeError):
                self._connection.close()  # hung up while the line was idle: call once more
            except (OSError, http.client.HTTPException):
                self._connection.close()
                return False
        return False

    def _post(self, delivery: sqlite3.Row) -> bool:
        path = self._path.replace("{merchant}", delivery["merchant"])
        self._connection.request("POST", path, delivery["body"], self._headers(delivery))
        answer = self._connection.getresponse()
        answer.read()
        return 200 <= answer.status < 300

    def _headers(self, delivery: sqlite3.Row) -> dict[str, str]:
        signed = signing.headers(
            self._secrets,
            event=delivery["event"],
            timestamp=int(time.time()),
            body=delivery["body"],
        )
        return {"Content-Type": "application/json", "User-Agent": "practice-cards/1", **signed}
