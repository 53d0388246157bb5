"""Sealing: whoever holds the public key can lock bytes away, only the private key opens them again.

Envelope, version 1. `sealed_key` = version (1 byte), key id (8 bytes), libsodium SealedBox of a fresh 32-byte data
key. `ciphertext` = version (1 byte), nonce (24 bytes), XChaCha20-Poly1305 of the padded data under the data key,
with version and context as associated data. The two are kept apart: erasing the few bytes of `sealed_key` makes
every copy of the ciphertext worthless, backups too. The context, such as `evidence|<uuid>|v1`, ties a ciphertext to
its row: moved elsewhere, it does not open. The key id sits in `sealed_key` alone, so that changing the key pair
means `rewrap`, which never touches a ciphertext.

A key file is one line of text: `lapor-netral-public.<key id>.<key>` or `lapor-netral-private.<key id>.<key>`, the
key in URL-safe base64. The key id is the start of the SHA-256 of the public key, so a file that was cut or mixed up
with another is noticed before it is used.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

VERSION = b"\x01"
KEY_ID_BYTES = 8
DATA_KEY_BYTES = 32
NONCE_BYTES = 24
# Hides how long a name is; costs 128 bytes on average.
PADDING_BYTES = 256
PUBLIC_LABEL = "lapor-netral-public"
PRIVATE_LABEL = "lapor-netral-private"


class SealBroken(ValueError):
    """Sealed bytes did not open: wrong key, wrong context or changed bytes; the message says which."""


class KeyFileBroken(ValueError):
    """A key file that cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of a sealing key; the private half never shows in a repr."""

    public: PublicKey
    private: PrivateKey = field(repr=False)

    @property
    def public_text(self) -> str:
        """The line of the public key file, without line end."""
        return _key_line(PUBLIC_LABEL, self.public, bytes(self.public))

    @property
    def private_text(self) -> str:
        """The line of the private key file, without line end. Write it where only its owner can read."""
        return _key_line(PRIVATE_LABEL, self.public, bytes(self.private))


@dataclass(frozen=True, slots=True)
class Sealed:
    """Locked bytes; both parts are needed to open them, and they are stored in different places."""

    sealed_key: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)


def generate_keypair() -> KeyPair:
    """Return a new random Curve25519 key pair."""
    private = PrivateKey.generate()
    return KeyPair(private.public_key, private)


def key_id(public_key: PublicKey) -> str:
    """Return the id of a key pair: 16 hexadecimal digits derived from its public key."""
    return hashlib.sha256(bytes(public_key)).digest()[:KEY_ID_BYTES].hex()


def read_public_key(path: Path) -> PublicKey:
    """Return the public key in a file; raises KeyFileBroken, or OSError when the file cannot be read."""
    identifier, key = _read_key_file(path, PUBLIC_LABEL)
    public = PublicKey(key)
    _check_key_id(path, identifier, public)
    return public


def read_private_key(path: Path) -> PrivateKey:
    """Return the private key in a file; raises KeyFileBroken, or OSError when the file cannot be read."""
    identifier, key = _read_key_file(path, PRIVATE_LABEL)
    private = PrivateKey(key)
    _check_key_id(path, identifier, private.public_key)
    return private


def seal(data: bytes, public_key: PublicKey, context: str) -> Sealed:
    """Lock `data` for the holder of the private key, tied to `context`; no two calls give the same bytes."""
    data_key = random(DATA_KEY_BYTES)
    nonce = random(NONCE_BYTES)
    padded = sodium_pad(data, PADDING_BYTES)
    encrypted = crypto_aead_xchacha20poly1305_ietf_encrypt(padded, _bound_to(context), nonce, data_key)
    return Sealed(_wrap(data_key, public_key), VERSION + nonce + encrypted)


def unseal(sealed_key: bytes, ciphertext: bytes, private_key: PrivateKey, context: str) -> bytes:
    """Return the bytes that were sealed; raises SealBroken when any of the four arguments does not fit."""
    data_key = _unwrap(sealed_key, private_key)
    if ciphertext[:1] != VERSION or len(ciphertext) <= 1 + NONCE_BYTES:
        raise SealBroken("The ciphertext has an unknown version or is cut off.")
    nonce, encrypted = ciphertext[1 : 1 + NONCE_BYTES], ciphertext[1 + NONCE_BYTES :]
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(encrypted, _bound_to(context), nonce, data_key)
        return sodium_unpad(padded, PADDING_BYTES)
    except (CryptoError, ValueError) as error:
        raise SealBroken("The ciphertext was changed or belongs to another context.") from error


def rewrap(sealed_key: bytes, private_key: PrivateKey, new_public_key: PublicKey) -> bytes:
    """Return the same data key sealed to another key pair; raises SealBroken when the old one fails."""
    return _wrap(_unwrap(sealed_key, private_key), new_public_key)


def key_id_of(sealed_key: bytes) -> str:
    """Return the id of the key pair that opens `sealed_key`: 16 hexadecimal digits. Raises SealBroken."""
    if sealed_key[:1] != VERSION or len(sealed_key) <= 1 + KEY_ID_BYTES:
        raise SealBroken("The sealed key has an unknown version or is cut off.")
    return sealed_key[1 : 1 + KEY_ID_BYTES].hex()


def _wrap(data_key: bytes, public_key: PublicKey) -> bytes:
    return VERSION + bytes.fromhex(key_id(public_key)) + SealedBox(public_key).encrypt(data_key)


def _unwrap(sealed_key: bytes, private_key: PrivateKey) -> bytes:
    wanted, held = key_id_of(sealed_key), key_id(private_key.public_key)
    if wanted != held:
        raise SealBroken(f"Sealed to key {wanted}, tried with key {held}.")
    try:
        data_key = SealedBox(private_key).decrypt(sealed_key[1 + KEY_ID_BYTES :])
    except (CryptoError, ValueError) as error:
        raise SealBroken("The sealed key was changed.") from error
    if len(data_key) != DATA_KEY_BYTES:
        raise SealBroken("The sealed key holds something else than a data key.")
    return data_key


def _bound_to(context: str) -> bytes:
    return VERSION + context.encode()


def _key_line(label: str, public_key: PublicKey, key: bytes) -> str:
    return f"{label}.{key_id(public_key)}.{base64.urlsafe_b64encode(key).decode()}"


def _read_key_file(path: Path, label: str) -> tuple[str, bytes]:
    """Return key id and the 32 bytes of the key."""
    try:
        found, identifier, text = path.read_text(encoding="ascii").strip().split(".")
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError as error:
        raise KeyFileBroken(f"{path}: not a key file; it should be one line that begins with {label}.") from error
    if found != label:
        raise KeyFileBroken(f"{path}: holds a {found}, needed is a {label}.")
    if len(key) != PublicKey.SIZE:
        raise KeyFileBroken(f"{path}: the key has {len(key)} bytes, it should have {PublicKey.SIZE}.")
    return identifier, key


def _check_key_id(path: Path, identifier: str, public_key: PublicKey) -> None:
    if key_id(public_key) != identifier:
        raise KeyFileBroken(f"{path}: the key does not belong to its id {identifier}; restore it from a backup.")
