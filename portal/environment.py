"""The variables each process gets. The worker alone learns where the evidence's private key is."""

import os
from collections.abc import Mapping
from pathlib import Path

from portal.embedded.places import open_folder
from portal.embedded.processes import StartFailed
from portal.keys import BUNDLE_SIGNING, DJANGO_KEY, EVIDENCE_PRIVATE, EVIDENCE_PUBLIC, IDENTITY_PUBLIC, RECEIPT_PEPPER

CHECKOUT = Path(__file__).resolve().parent.parent
PRIVATE_KEY_VARIABLE = "EVIDENCE_PRIVATE_KEY_FILE"
OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS")
LOCAL_HOSTS = "127.0.0.1,localhost"


def data_dir_of(environ: Mapping[str, str]) -> Path:
    """DATA_DIR as an absolute path, made where it is missing. Raises StartFailed when it cannot be used."""
    path = Path(environ.get("DATA_DIR") or CHECKOUT / "var").expanduser().resolve()
    try:
        open_folder(path)
        (path / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StartFailed(
            f"DATA_DIR {path} tidak dapat dipakai: {error.strerror}. Pilih folder lain dengan DATA_DIR."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK) or not os.access(path / "logs", os.W_OK | os.X_OK):
        raise StartFailed(f"DATA_DIR {path} milik pengguna lain. Pilih folder lain dengan DATA_DIR.")
    return path


def port_of(environ: Mapping[str, str]) -> int:
    """PORT, 8000 when not set; 0 takes any free one. Raises StartFailed on anything that is not a port."""
    text = environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise StartFailed(f"PORT harus angka 0 sampai 65535, bukan {text!r}.")
    return int(text)


def wants_demo(environ: Mapping[str, str]) -> bool:
    """Whether demo data and demo logins are wanted: yes, unless DEMO says no."""
    return environ.get("DEMO", "1").strip().lower() not in {"0", "no", "false"}


def wants_link_capture(environ: Mapping[str, str]) -> bool:
    """Whether links of reports are visited: no, unless LINK_CAPTURE says yes."""
    return environ.get("LINK_CAPTURE", "0").strip().lower() in {"1", "yes", "true"}


def for_web(environ: Mapping[str, str], *, data_dir: Path, keys: Path) -> dict[str, str]:
    """What web and beat get: the person's own variables first, then the local defaults. No private key."""
    defaults = {
        "EVIDENCE_PUBLIC_KEY_FILE": str(keys / EVIDENCE_PUBLIC),
        "IDENTITY_PUBLIC_KEY_FILE": str(keys / IDENTITY_PUBLIC),
        "BUNDLE_SIGNING_KEY_FILE": str(keys / BUNDLE_SIGNING),
        "PUBLIC_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "STATIC_ROOT": str(data_dir / "static"),
        "PYTHONUNBUFFERED": "1",
    }
    for name, file_name in (("SECRET_KEY", DJANGO_KEY), ("RECEIPT_PEPPER", RECEIPT_PEPPER)):
        if not environ.get(name):
            defaults[f"{name}_FILE"] = str(keys / file_name)
    given = {name: value for name, value in environ.items() if value and name not in (*OF_MAKE, PRIVATE_KEY_VARIABLE)}
    hosts = f"{environ['ALLOWED_HOSTS']},{LOCAL_HOSTS}" if environ.get("ALLOWED_HOSTS") else LOCAL_HOSTS
    return defaults | given | {"DATA_DIR": str(data_dir), "ALLOWED_HOSTS": hosts}


def for_worker(environ: Mapping[str, str], *, data_dir: Path, keys: Path) -> dict[str, str]:
    """What the worker gets: the same, and the evidence's private key where it fits the public one."""
    own = for_web(environ, data_dir=data_dir, keys=keys)
    private_key = environ.get(PRIVATE_KEY_VARIABLE)
    if not private_key and not environ.get("EVIDENCE_PUBLIC_KEY_FILE"):
        private_key = str(keys / EVIDENCE_PRIVATE)
    return own | ({PRIVATE_KEY_VARIABLE: private_key} if private_key else {})
