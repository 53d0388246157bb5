"""The cast and the stage: people every test knows, keys of its own, reference data, no way out."""

import gc
import socket
from pathlib import Path

import hypothesis
import pgtrigger
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from evidence.sealing import generate_keypair
from evidence.signing import generate_signing_key, signing_key_text
from regions.models import Region

# How long an example takes says more about what else the machine does than about the portal.
UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("untimed", **UNTIMED)
hypothesis.settings.load_profile("untimed")

# By name: role, region and office
CAST = {
    "sari": (Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang"),
    "budi": (Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang"),
    "wayan": (Role.REVIEWER_BAWASLU, "51.71", "Bawaslu Kota Denpasar"),
    "kartika": (Role.REVIEWER_KESBANGPOL, "33.74", "Kesbangpol Kota Semarang"),
    "dewi": (Role.REGIONAL_ADMIN, "33", "Sekretariat Bawaslu Jawa Tengah"),
    "nasrul": (Role.NATIONAL_ADMIN, "", "Bawaslu RI"),
    "aminah": (Role.AUDITOR, "", "Inspektorat Bawaslu RI"),
}

_connect = socket.socket.connect


def pytest_collection_finish(session):
    """What was imported and collected stays till the end: looking through it for waste took a seventh of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _connect_on_this_machine_only(self, address):
    if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise AssertionError(f"a test tried to reach {address}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch):
    """Nothing here talks to another machine."""
    monkeypatch.setattr(socket.socket, "connect", _connect_on_this_machine_only)


@pytest.fixture(scope="session")
def key_files(tmp_path_factory):
    """Key files of the test run, as the launcher writes them."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("evidence", "identity"):
        pair = generate_keypair()
        (folder / f"{name}.public").write_text(pair.public_text)
        (folder / f"{name}.private").write_text(pair.private_text)
    (folder / "bundle.signing").write_text(signing_key_text(generate_signing_key()))
    return folder


def of_its_own(key_files: Path, folder: Path) -> dict[str, object]:
    """Settings of a test: a vault of its own in the folder, and fast password hashing."""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "EVIDENCE_PUBLIC_KEY_FILE": key_files / "evidence.public",
        "EVIDENCE_PRIVATE_KEY_FILE": key_files / "evidence.private",
        "IDENTITY_PUBLIC_KEY_FILE": key_files / "identity.public",
        "BUNDLE_SIGNING_KEY_FILE": key_files / "bundle.signing",
        "SEALED_ROOT": folder / "sealed",
        "CLEAN_ROOT": folder / "clean",
        "LIMITS_URL": "",
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }


@pytest.fixture(autouse=True)
def own_keys_and_folders(settings, key_files, tmp_path):
    """Each test has its own vault and fast password hashing."""
    for name, value in of_its_own(key_files, tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture
def reference(db):
    """Regions, catalogue, elections and oversight bodies are there."""
    if not Region.objects.exists():
        call_command("load_reference", verbosity=0)


@pytest.fixture(autouse=True)
def reference_again(request):
    """For who never asks for it: a test that empties the tables may have been the last one in this worker."""
    mark = request.node.get_closest_marker("django_db")
    if mark and not mark.kwargs.get("transaction"):
        request.getfixturevalue("reference")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the reference data once; a test that empties the tables makes the next one load it again.

    Those tests empty the audit trail too, which the database refuses anywhere but here.
    """
    with django_db_blocker.unblock():
        pgtrigger.disable(*(f"accounts.Audit{kind}:never_emptied" for kind in ("Event", "Words", "Link", "Head")))
        call_command("load_reference", verbosity=0)
    yield
    # While a browser is open Django keeps a second connection, and so may a worker that was killed: with either, the
    # database could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def make_user(username: str, role: Role, region_code: str, office_name: str) -> User:
    return User.objects.create_user(
        username=username,
        password="sandi-uji-panjang",
        role=role,
        region_code=region_code,
        office_name=office_name,
    )


@pytest.fixture
def sari(reference):
    """Reviewer at Bawaslu Kota Semarang."""
    return make_user("sari", *CAST["sari"])


@pytest.fixture
def budi(reference):
    """The second reviewer at Bawaslu Kota Semarang."""
    return make_user("budi", *CAST["budi"])


@pytest.fixture
def wayan(reference):
    """Reviewer at Bawaslu of another region: a stranger to Semarang's cases."""
    return make_user("wayan", *CAST["wayan"])


@pytest.fixture
def kartika(reference):
    """Reviewer at Kesbangpol Kota Semarang."""
    return make_user("kartika", *CAST["kartika"])


@pytest.fixture
def dewi(reference):
    """Regional admin of Jawa Tengah: figures and exports, no case."""
    return make_user("dewi", *CAST["dewi"])


@pytest.fixture
def nasrul(reference):
    """National admin."""
    return make_user("nasrul", *CAST["nasrul"])


@pytest.fixture
def aminah(reference):
    """Auditor of the whole country."""
    return make_user("aminah", *CAST["aminah"])


@pytest.fixture
def images() -> Path:
    """Sample screenshots with known text."""
    return Path(__file__).parent / "evidence" / "images"
