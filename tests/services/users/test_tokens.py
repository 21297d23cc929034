"""Access tokens: sixty forgeries, none of which passes."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.refusals import NotAuthenticated
from boxoffice.services.users.tokens import PURPOSE, AccessTokens
from tests.services.users.house import KEYRING, Guest, House

KEY = Ed25519PrivateKey.from_private_bytes(KEYRING.key(PURPOSE))
PUBLIC_RAW = KEY.public_key().public_bytes_raw()
PUBLIC_PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


def b64(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(header: Any, claims: Any, key: Ed25519PrivateKey = KEY) -> str:
    """A token over any header and claims, with a good signature."""
    text = f"{b64(header)}.{b64(claims)}"
    return f"{text}.{b64(key.sign(text.encode()))}"


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    header, claims, signature = token.split(".")
    decoded = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, claims)]
    return decoded[0], decoded[1], signature


def forgeries(token: str) -> dict[str, str]:
    """Name → token, made from a good one."""
    header, claims, signature = parts(token)
    head, body = b64(header), b64(claims)
    return {
        **_without_a_signature(header, body, signature),
        **_other_algorithms(header, claims, head, body),
        **_other_keys(header, claims),
        **{
            f"header {extra}": signed(header | extra, claims)
            for extra in _dicts("crit", ["exp"], ["b64"])
            + _dicts("b64", False, True)
            + _dicts("jwk", {"kty": "OKP", "crv": "Ed25519", "x": b64(PUBLIC_RAW)})
            + _dicts("jku", "https://evil.example/keys")
            + _dicts("x5u", "https://evil.example/cert")
            + _dicts("x5c", ["MIIB"])
            + _dicts("cty", "JWT")
            + _dicts("typ", "JWT", "at+JWT", "rt+jwt", None, 1)
        },
        **{
            f"claim {change}": signed(header, claims | change)
            for change in _dicts("aud", "boxoffice", ["boxoffice.api"], "", None, {"a": 1})
            + _dicts("iss", "evil", "", None, ["boxoffice"])
            + _dicts("typ", "refresh", "email", "ticket", "", None)
            + _dicts("sub", str(new_id()), "1", 1, None, "' OR 1=1")
            + _dicts("sid", str(new_id()), None, "../x")
            + _dicts("exp", claims["iat"] - 3600, "never", None, 1e400, [claims["exp"]], True)
            + _dicts("iat", claims["iat"] + 3600, "now", None)
            + _dicts("admin", True)
        },
        **{
            f"without {name}": signed(header, {k: v for k, v in claims.items() if k != name})
            for name in claims
        },
        "claims no object": signed(header, [claims]),
        "claims twice": signed(header, b'{"sub":"x",' + json.dumps(claims).encode()[1:] + b"}"),
        "nested": signed(header, token.encode()),
        "five parts": f"{token}.{body}.{signature}",
        "spaces": f" {head} . {body} . {signature} ",
        "padding": f"{head}=.{body}==.{signature}==",
        "huge": f"{head}.{b64(b'x' * 100_000)}.{signature}",
    }


def _dicts(name: str, *values: Any) -> list[dict[str, Any]]:
    return [{name: value} for value in values]


def _without_a_signature(header: dict[str, Any], body: str, signature: str) -> dict[str, str]:
    head = b64(header)
    return {
        "empty": "",
        "one part": "x",
        "dots": "..",
        "no signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "half a signature": f"{head}.{body}.{signature[:43]}",
        "longer signature": f"{head}.{body}.{signature}AA",
        "zero signature": f"{head}.{body}.{b64(bytes(64))}",
        "swapped case": f"{head}.{body}.{signature.swapcase()}",
        **{
            f"alg {name}": f"{b64(header | {'alg': name})}.{body}."
            for name in ("none", "None", "NONE", "nOnE", "", None)
        },
        **{
            f"alg {name} signed": f"{b64(header | {'alg': name})}.{body}.{signature}"
            for name in ("none", "ES256", "RS256", "Ed25519", "eddsa", "HS256", ["EdDSA"])
        },
    }


def _other_algorithms(
    header: dict[str, Any], claims: dict[str, Any], head: str, body: str
) -> dict[str, str]:
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    headers = {"kid": header["kid"], "typ": header["typ"]}
    hs_head = b64(header | {"alg": "HS256"})

    def hs(secret: bytes) -> str:
        return (
            f"{hs_head}.{body}.{b64(hmac.digest(secret, f'{hs_head}.{body}'.encode(), 'sha256'))}"
        )

    return {
        "HS256 with the public key": hs(PUBLIC_RAW),
        "HS256 with the public PEM": hs(PUBLIC_PEM),
        "HS256 with the key's name": hs(header["kid"].encode()),
        "HS256 with nothing": hs(b""),
        "RS256": jwt.encode(claims, rsa_key, "RS256", headers=headers),
        "HS under EdDSA": f"{head}.{body}.{b64(hmac.digest(PUBLIC_RAW, head.encode(), 'sha512'))}",
    }


def _other_keys(header: dict[str, Any], claims: dict[str, Any]) -> dict[str, str]:
    stranger = Ed25519PrivateKey.generate()
    kids: list[Any] = [
        "", "0" * 16, "../../dev/null", "' UNION SELECT 'x", "https://evil.example/key", None, 1,
        ["a"], {"a": 1},
    ]  # fmt: skip
    headless = {name: value for name, value in header.items() if name != "kid"}
    return {
        "another key": signed(header, claims, stranger),
        "no kid": signed(headless, claims),
        **{f"kid {kid}": signed(header | {"kid": kid}, claims) for kid in kids},
    }


async def test_no_forgery_passes(ada: Guest) -> None:
    corpus = forgeries(ada.session["access_token"])
    assert len(corpus) >= 60
    passed = {
        name: answer.status_code
        for name, token in corpus.items()
        if (answer := await asking_with(ada, token)).status_code != 401
    }
    assert passed == {}
    assert (await asking_with(ada, ada.session["access_token"])).status_code == 200


async def asking_with(ada: Guest, token: str) -> Any:
    """GET /me with a token as cookie: unlike a header, it may hold any visible text."""
    async with ada.house.client() as program:
        text = token.encode("ascii", "ignore").decode().replace(";", "")
        headers = {"cookie": f"__Host-boxoffice_session={text}"}
        return await program.get("/me", headers=headers)


@pytest.mark.parametrize("text", ["", "\0", "ä.ö.ü", "\ud800.a.b", "a" * 2_000_000])
async def test_any_text_at_all_is_refused_politely(house: House, text: str) -> None:
    with pytest.raises(NotAuthenticated):
        await house.users.authenticate(text)


async def test_other_secrets_of_ours_are_no_access_tokens(house: House, ada: Guest) -> None:
    guest = house.guest()
    await guest.register()
    mail = await house.users.verification_mail_data(await house.user_id(guest.email))
    assert mail is not None
    for token in (ada.session["refresh_token"], mail.token, str(ada.id)):
        assert (await asking_with(ada, token)).status_code == 401


async def session_of(house: House, ada: Guest) -> UUID:
    (found,) = await house.column("SELECT id FROM users.sessions WHERE user_id = $1", ada.id)
    return found


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(minutes=-2), 401),
        (timedelta(minutes=14, seconds=50), 200),
        (timedelta(minutes=16), 401),
    ],
)
async def test_a_token_lasts_a_quarter_of_an_hour(
    house: House, ada: Guest, age: timedelta, status: int
) -> None:
    tokens = AccessTokens(KEYRING, lasts=timedelta(minutes=15))
    token = tokens.issue(
        user_id=ada.id, session_id=await session_of(house, ada), now=datetime.now(UTC) - age
    )
    assert (await asking_with(ada, token)).status_code == status


async def test_roots_are_rotated_without_signing_anybody_out(house: House, ada: Guest) -> None:
    old_root = "a root secret that is long enough for tests"
    new_root = "the next root secret and as long as the first"
    rotated = House(house.db, keyring=Keyring(f"{new_root},{old_root}"))
    async with rotated.client() as program:
        assert (await program.get("/me", headers=ada.bearer)).status_code == 200
        body = {"refresh_token": ada.session["refresh_token"]}
        renewed = (await program.post("/auth/refresh", json=body)).json()
    assert parts(renewed["access_token"])[0]["kid"] != parts(ada.session["access_token"])[0]["kid"]
    only_new = House(house.db, keyring=Keyring(new_root))
    async with only_new.client() as program:
        headers = {"authorization": f"Bearer {renewed['access_token']}"}
        assert (await program.get("/me", headers=headers)).status_code == 200
        assert (await program.get("/me", headers=ada.bearer)).status_code == 401
    rotated.users.close()
    only_new.users.close()
