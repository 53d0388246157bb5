"""Guards for views: who is logged in is settled by middleware, what they may do is asked here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.roles import Permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def current_user(request: HttpRequest) -> User:
    """The logged-in member of staff.

    Raises PermissionDenied for an anonymous visitor (who cannot get here through LoginRequiredMiddleware).
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def permission_required(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Refuse with 403 whoever's role does not carry the permission."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not current_user(request).may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
