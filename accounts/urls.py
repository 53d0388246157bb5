"""The pages of django-allauth that exist here, under the names it knows them by.

No sign-up, no e-mail addresses and no password reset by e-mail: accounts are given by `manage.py add_user`, and a
link in a mail would be one more way in. `manage.py changepassword` helps whoever forgot the password.
"""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
]
