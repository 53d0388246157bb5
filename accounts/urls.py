"""The pages of django-allauth that exist here, under the names it knows them by.

No sign-up, no e-mail addresses and no password reset by e-mail: accounts are given by `manage.py add_user`, and a
link in a mail would be one more way in. `manage.py changepassword` helps whoever forgot the password.
"""

from allauth.account import views
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

# Django's form views take PUT for POST.
form_page = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("login/", form_page(views.login), name="account_login"),
    path("logout/", form_page(views.logout), name="account_logout"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path("password/change/", form_page(views.password_change), name="account_change_password"),
]
