"""The daily head of the audit chain: made once a day, signed when it is fetched, kept by somebody else."""

from collections.abc import Callable
from datetime import date, datetime

from accounts.models import AuditHead, AuditLink


def signed_text(day: date, position: int, digest: bytes) -> bytes:
    """The bytes a head's signature covers: three lines of ASCII behind a name, so that it signs nothing else."""
    return f"Lapor Netral audit head\n{day.isoformat()}\n{position}\n{digest.hex()}\n".encode("ascii")


def keep_head(*, day: date, at: datetime) -> AuditHead | None:
    """Write down how far the chain has come, once a day; None while the trail is empty.

    Calling it again gives the head of the day.
    """
    last = AuditLink.objects.order_by("-position").first()
    if last is None:
        return None
    head = AuditHead(day=day, position=last.position, digest=bytes(last.digest), made_at=at)
    AuditHead.objects.bulk_create([head], ignore_conflicts=True)
    return AuditHead.objects.get(day=day)


def known_digests() -> dict[int, bytes]:
    """Digests of all heads, by position."""
    return {head.position: bytes(head.digest) for head in AuditHead.objects.all()}


def head_file(head: AuditHead, sign: Callable[[bytes], bytes]) -> str:
    """A head as people keep it: the signed lines, then the signature in hex.

    `sign` makes an Ed25519 signature (64 bytes) of the bytes it is given.
    """
    text = signed_text(head.day, head.position, bytes(head.digest))
    return f"{text.decode('ascii')}{sign(text).hex()}\n"


class NotAHead(ValueError):
    """The text is not the file of a head."""


def parse_head_file(text: str) -> tuple[int, bytes, bytes, bytes]:
    """Position, digest, signed bytes and signature of a head file. Raises NotAHead."""
    lines = text.splitlines()
    try:
        name, day, position, digest, signature = lines
        signed = signed_text(date.fromisoformat(day), int(position), bytes.fromhex(digest))
        if name != "Lapor Netral audit head" or len(bytes.fromhex(digest)) != 32:
            raise NotAHead(name)
        return int(position), bytes.fromhex(digest), signed, bytes.fromhex(signature)
    except ValueError as error:
        raise NotAHead("expected five lines: name, day, position, digest, signature") from error
