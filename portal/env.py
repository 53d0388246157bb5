"""Typed readers of environment variables. They raise on nonsense instead of guessing."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_str(name: str, default: str = "") -> str:
    """The variable's text, without surrounding white space."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool = False) -> bool:
    """1/true/yes or 0/false/no; anything else is refused."""
    value = env_str(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes"}:
        return True
    if value in {"0", "false", "no", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def env_int(name: str, default: int) -> int:
    """A whole number."""
    value = env_str(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def env_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first when nothing is given."""
    value = env_str(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated words."""
    return [word.strip() for word in env_str(name, default).split(",") if word.strip()]


def env_path(name: str, default: Path) -> Path:
    """A file or folder."""
    value = env_str(name)
    return Path(value) if value else default


def env_file(name: str) -> Path | None:
    """A file that only some processes are given; None where it is not."""
    value = env_str(name)
    return Path(value) if value else None


def env_secret(name: str) -> str:
    """The secret itself, or the content of the file that NAME_FILE points to; empty when not given.

    An empty SECRET_KEY makes Django refuse at first use, so commands that need no secret still run.
    """
    value = env_str(name)
    file_name = env_str(f"{name}_FILE")
    if value and file_name:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if not file_name:
        return value
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error


def database_from_url(url: str) -> dict[str, object]:
    """Django's settings for one PostgreSQL server, e.g. postgresql://user:secret@host:5432/name.

    A socket folder may be given as ?host=/path. Any other scheme is refused: PostgreSQL is the only source of truth.
    """
    parts = urlsplit(url or "postgresql:///lapor_netral")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def redis_url(broker_url: str) -> str:
    """A broker's address as redis-py spells it: for a Unix socket Celery has a spelling of its own (kombu)."""
    parts = urlsplit(broker_url)
    if parts.scheme != "redis+socket":
        return broker_url
    database = dict(parse_qsl(parts.query)).get("virtual_host", "0")
    return f"unix://{parts.path}?db={database}"
