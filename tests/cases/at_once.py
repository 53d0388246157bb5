"""Sixteen people who act at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from accounts.models import User
from accounts.roles import Role
from cases.workflow import ActionRefused
from tests.conftest import make_user

CROWD = 16


def make_crowd() -> list[User]:
    """Sixteen reviewers of Kota Semarang."""
    return [
        make_user(f"petugas{number}", Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang")
        for number in range(CROWD)
    ]


def all_at_once(tasks):
    """Run every task in a thread of its own from the same moment; what each returned or how it was refused."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait(timeout=20)
            return task()
        except ActionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
