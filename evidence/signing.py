"""Signing what leaves the portal: Ed25519 (RFC 8032), so that anybody can check it with the public key.

A key file is one line of text, `lapor-netral-signing.<key id>.<seed in URL-safe base64>`. The key id is the start of
the SHA-256 of the public key, so a file that was cut or mixed up with another is noticed before it is used.
"""

import base64
import hashlib
from pathlib import Path

from nacl.signing import SigningKey

from evidence.sealing import KEY_ID_BYTES, KeyFileBroken

LABEL = "lapor-netral-signing"
SEED_BYTES = 32


def generate_signing_key() -> SigningKey:
    """Return a new random key."""
    return SigningKey.generate()


def signing_key_text(key: SigningKey) -> str:
    """Return the line of the key file, without line end. Write it where only its owner can read."""
    return f"{LABEL}.{signing_key_id(key)}.{base64.urlsafe_b64encode(bytes(key)).decode()}"


def signing_key_id(key: SigningKey) -> str:
    """Return 16 hexadecimal digits derived from the public key."""
    return hashlib.sha256(bytes(key.verify_key)).digest()[:KEY_ID_BYTES].hex()


def public_hex(key: SigningKey) -> str:
    """Return the public key as 64 hexadecimal digits, as it is published."""
    return bytes(key.verify_key).hex()


def sign(data: bytes, key: SigningKey) -> bytes:
    """Return the 64 bytes of the signature of `data`."""
    return key.sign(data).signature


def read_signing_key(path: Path) -> SigningKey:
    """Return the key in a file; raises KeyFileBroken, or OSError when the file cannot be read."""
    try:
        label, identifier, text = path.read_text(encoding="ascii").strip().split(".")
        seed = base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError as error:
        raise KeyFileBroken(f"{path}: not a key file; it should be one line that begins with {LABEL}.") from error
    if label != LABEL or len(seed) != SEED_BYTES:
        raise KeyFileBroken(f"{path}: needed is a {LABEL} of {SEED_BYTES} bytes.")
    key = SigningKey(seed)
    if signing_key_id(key) != identifier:
        raise KeyFileBroken(f"{path}: the key does not belong to its id {identifier}; restore it from a backup.")
    return key
