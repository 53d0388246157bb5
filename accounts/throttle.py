"""How often one network may post to a public page in an hour. Counted in Redis, forgotten with it, never logged.

A count is kept under an HMAC of the network with a key that Redis itself makes up and forgets after a day, so no
address can be found again. Many people share an address on a mobile network, so the numbers are generous: they stop
a machine, not a kecamatan. Without Redis nobody is turned away; a report matters more than a limit.
"""

import hashlib
import hmac
import secrets
from enum import Enum
from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from redis import Redis
from redis.exceptions import RedisError

HOUR = 60 * 60
DAY = 24 * HOUR
DAY_KEY = "throttle:day-key"
# A frozen Redis must not hold up a reporter.
PATIENCE_SECONDS = 0.5


class Post(Enum):
    """What can be posted without an account: name of the count, and how many an hour one network may."""

    REPORT = ("report", 120)
    PICTURE = ("picture", 1500)
    MESSAGE = ("message", 120)
    CODE = ("code", 120)
    RESPONDENT_CODE = ("respondent code", 120)

    @property
    def most_per_hour(self) -> int:
        """The number that still passes."""
        return self.value[1]


def minutes_to_wait(request: HttpRequest, post: Post) -> int:
    """Count one post of the visitor's network; 0 when it may pass, else how many minutes (1 to 60) until one may."""
    if not settings.LIMITS_URL:
        return 0
    try:
        count, seconds_left = _counted(post, get_adapter().get_client_ip(request))
    except (RedisError, OSError):
        return 0
    return 0 if count <= post.most_per_hour else max(1, ceil(seconds_left / 60))


def _counted(post: Post, network: str) -> tuple[int, int]:
    """Return how many posts this hour has seen, this one included, and its seconds left."""
    patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    with Redis.from_url(settings.LIMITS_URL, **patience) as redis:
        day = redis.pipeline().set(DAY_KEY, secrets.token_bytes(32), nx=True, ex=DAY).get(DAY_KEY).execute()
        digest = hmac.new(day[1], f"{post.value[0]}|{network}".encode(), hashlib.sha256).hexdigest()
        name = f"throttle:{digest}"
        count, _, seconds_left = redis.pipeline().incr(name).expire(name, HOUR, nx=True).ttl(name).execute()
    return int(count), int(seconds_left)
