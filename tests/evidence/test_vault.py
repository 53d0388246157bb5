import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.vault import UNFINISHED, NotInVault, UnsafeName, discard, load, store, sweep_unfinished

NAME = "2024/6f1c9d2e"


def files_in(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_what_was_stored_is_loaded(tmp_path):
    root = tmp_path / "not" / "yet" / "there"
    store(root, NAME, b"sealed")
    assert load(root, NAME) == b"sealed"
    assert files_in(root) == [NAME]


def test_only_the_owner_may_look(tmp_path):
    root = tmp_path / "vault"
    store(root, NAME, b"sealed")
    assert {oct((root / name).stat().st_mode & 0o777) for name in (".", "2024", UNFINISHED)} == {"0o700"}
    assert oct((root / NAME).stat().st_mode & 0o777) == "0o600"


def test_storing_again_replaces_and_discarding_removes(tmp_path):
    store(tmp_path, NAME, b"old")
    store(tmp_path, NAME, b"new")
    assert load(tmp_path, NAME) == b"new"
    discard(tmp_path, NAME)
    discard(tmp_path, NAME)
    discard(tmp_path, "never/there")
    with pytest.raises(NotInVault):
        load(tmp_path, NAME)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "/etc/passwd",
        "a//b",
        "a/",
        ".hidden",
        "a/.b",
        "A",
        "a b",
        "a\\b",
        "a\n",
        "ä",
        UNFINISHED + "/x",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name, tmp_path):
    for use in (lambda: store(tmp_path, name, b""), lambda: load(tmp_path, name), lambda: discard(tmp_path, name)):
        with pytest.raises(UnsafeName):
            use()


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("key")
    root = tmp_path / "vault"
    store(root, "a", b"")
    (root / "b").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic links"):
        load(root, "b")
    store(root, "b", b"mine")
    assert secret.read_text() == "key"


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path):
    store(tmp_path, NAME, b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            store(tmp_path, NAME, bytes(2_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert load(tmp_path, NAME) == b"old"
    assert files_in(tmp_path) == [NAME]


def test_killed_at_any_moment_a_file_is_old_or_new_and_never_half(tmp_path):
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    store(tmp_path, NAME, old)
    code = (
        "import sys; from pathlib import Path; from evidence.vault import store\n"
        "root = Path(sys.argv[1]); print('go', flush=True)\n"
        f"while True: store(root, {NAME!r}, b'n' * 3_000_000); store(root, {NAME!r}, b'o' * 3_000_000)"
    )
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
        )
        writer.stdout.readline()
        assert load(tmp_path, NAME) in (old, new)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert load(tmp_path, NAME) in (old, new)


def test_the_sweep_removes_old_drafts_only(tmp_path):
    assert sweep_unfinished(tmp_path / "nothing", older_than=2_000) == 0
    store(tmp_path, NAME, b"kept")
    for name, written in (("old", 1_000), ("fresh", 3_000)):
        (tmp_path / UNFINISHED / name).write_bytes(b"half")
        os.utime(tmp_path / UNFINISHED / name, (written, written))
    assert sweep_unfinished(tmp_path, older_than=2_000) == 1
    assert files_in(tmp_path) == [f"{UNFINISHED}/fresh", NAME]
