"""Memeriksa berkas kasus dari Lapor Netral: isinya utuh, dan ditandatangani kunci portal.

    python3 verify.py                         folder tempat skrip ini berada
    python3 verify.py BERKAS.zip              berkas zip, tanpa perlu dibongkar
    python3 verify.py --kunci HEKSADESIMAL    sekaligus membandingkan dengan kunci publik yang Anda catat sendiri

Hanya memerlukan Python 3.9 atau lebih baru. Tidak memakai jaringan dan tidak menulis apa pun.
Keluar dengan 0 bila semuanya cocok, selain itu 1.
"""

# Ed25519 after RFC 8032 section 5.1, in plain Python: slow and not constant in time, which checking does not need.

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Protocol

MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public-key.txt"
# What the signature covers by itself, or says nothing about: they prove themselves by the signature being right.
UNLISTED = {MANIFEST, SIGNATURE, PUBLIC_KEY}
FORMAT = "lapor-netral-bundle/1"

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x * y = T/Z.
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def add(left: Point, right: Point) -> Point:
    """The sum of two points of the curve."""
    a = (left[1] - left[0]) * (right[1] - right[0]) % P
    b = (left[1] + left[0]) * (right[1] + right[0]) % P
    c = 2 * left[3] * right[3] * D % P
    d = 2 * left[2] * right[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(times: int, point: Point) -> Point:
    """The point added to itself so many times."""
    result = NEUTRAL
    while times > 0:
        if times & 1:
            result = add(result, point)
        point = add(point, point)
        times >>= 1
    return result


def encode(point: Point) -> bytes:
    """The 32 bytes of a point."""
    inverse: int = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return int(y | (x & 1) << 255).to_bytes(32, "little")


def decode(data: bytes) -> Point:
    """The point of 32 bytes. Raises ValueError when they are none."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if len(data) != 32 or y >= P:
        raise ValueError("not a point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) is the key's (32 bytes) on the message."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    try:
        key, commitment = decode(public_key), decode(signature[:32])
    except ValueError:
        return False
    response = int.from_bytes(signature[32:], "little")
    # A point of small order would pass as the key to many messages.
    if response >= ORDER or any(encode(multiply(8, point)) == encode(NEUTRAL) for point in (key, commitment)):
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    return encode(multiply(response, BASE)) == encode(add(commitment, multiply(challenge, key)))


class Bundle(Protocol):
    """Files by their names."""

    names: list[str]

    def read(self, name: str) -> bytes:
        """The bytes of one file."""


class Folder:
    """The unpacked bundle."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = [str(file.relative_to(path).as_posix()) for file in sorted(path.rglob("*")) if not file.is_dir()]

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        return (self.path / name).read_bytes()


class Zip:
    """The bundle as it was downloaded."""

    def __init__(self, path: Path) -> None:
        self.file = zipfile.ZipFile(path)
        self.names = [entry.filename for entry in self.file.infolist() if not entry.is_dir()]

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises zipfile.BadZipFile when they were changed on the way."""
        return self.file.read(name)


def problems(bundle: Bundle, expected_key: str) -> list[str]:
    """What is wrong, in words; an empty list when the bundle is whole and signed."""
    missing = sorted(UNLISTED - set(bundle.names))
    if missing:
        return [f"Tidak ada: {name}" for name in missing]
    try:
        manifest = bundle.read(MANIFEST)
        key = bytes.fromhex(bundle.read(PUBLIC_KEY).decode("ascii").strip())
        signature = bytes.fromhex(bundle.read(SIGNATURE).decode("ascii").strip())
    except ValueError:
        return ["Tanda tangan atau kunci rusak."]
    if expected_key and key.hex() != expected_key.strip().lower():
        return [f"Kunci dalam berkas ini bukan kunci yang Anda berikan: {key.hex()}"]
    if not is_signed(key, manifest, signature):
        return ["Tanda tangan TIDAK cocok: manifest.json diubah, atau dibuat pihak lain."]
    told = json.loads(manifest)
    if told.get("format") != FORMAT:
        return [f"Bentuk berkas tidak dikenal: {told.get('format')}"]
    return _compare(bundle, told["files"])


def _compare(bundle: Bundle, listed: dict[str, str]) -> list[str]:
    found = [name for name in bundle.names if name not in UNLISTED]
    wrong = [f"Hilang: {name}" for name in sorted(set(listed) - set(found))]
    wrong += [f"Tidak terdaftar: {name}" for name in sorted(set(found) - set(listed))]
    wrong += [f"Ganda: {name}" for name in sorted({name for name in bundle.names if bundle.names.count(name) > 1})]
    for name in sorted(set(listed) & set(found)):
        if hashlib.sha256(bundle.read(name)).hexdigest() != listed[name]:
            wrong.append(f"Isinya berubah: {name}")
    return wrong


def _without_copy(told: dict[str, list[dict[str, str]]]) -> str:
    """What the portal received and could not send along; bundles from before that was told have no such list."""
    left = told.get("without_copy", [])
    if not left:
        return ""
    lines = "".join(f"- {row['evidence']}\n" for row in left)
    return f"{len(left)} gambar diterima portal tetapi tidak ada salinannya di sini. Tanyakan kepada pengirim:\n{lines}"


def main(arguments: list[str] | None = None) -> int:
    """Check one bundle and say what was found; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("berkas", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--kunci", default="", help="kunci publik portal, 64 angka heksadesimal")
    chosen = parser.parse_args(arguments)
    try:
        bundle: Bundle = Folder(chosen.berkas) if chosen.berkas.is_dir() else Zip(chosen.berkas)
        wrong = problems(bundle, chosen.kunci)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        wrong = [f"Tidak dapat dibaca: {error}"]
    if wrong:
        sys.stdout.write("TIDAK UTUH. Jangan dipakai sebagai bukti.\n")
        sys.stdout.write("".join(f"- {line}\n" for line in wrong))
        return 1
    told = json.loads(bundle.read(MANIFEST))
    sys.stdout.write(f"UTUH: kasus {told['case']}, dibuat {told['made_at']}, {len(told['files'])} berkas cocok.\n")
    sys.stdout.write(_without_copy(told))
    if not chosen.kunci:
        key = bundle.read(PUBLIC_KEY).decode("ascii").strip()
        sys.stdout.write(
            f"Ditandatangani kunci {key}\nBandingkan dengan kunci di situs portal ({told['key_page']}): "
            "siapa pun dapat membuat kunci sendiri.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
