"""Routes of accounts, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import log_in, mine, staff, tokens

app_name = "accounts"
urlpatterns = [
    path("login/", log_in.log_in, name="login"),
    path("logout/", log_in.log_out, name="logout"),
    path("me/", mine.me, name="me"),
    path("me/preferences/", mine.preferences, name="preferences"),
    path("me/password/", mine.password, name="password"),
    path("settings/staff/", staff.staff_list, name="staff_list"),
    path("settings/staff/add/", staff.staff_add, name="staff_add"),
    path("settings/staff/<int:staff_id>/", staff.staff_edit, name="staff_edit"),
    path("settings/staff/<int:staff_id>/password/", staff.staff_password, name="staff_password"),
    path("settings/staff/<int:staff_id>/stop/", staff.staff_stop, name="staff_stop"),
    path("settings/staff/<int:staff_id>/start/", staff.staff_start, name="staff_start"),
    path("settings/roles/", staff.roles, name="roles"),
    path("settings/tokens/", tokens.token_list, name="token_list"),
    path("settings/tokens/add/", tokens.token_add, name="token_add"),
    path("settings/tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
]
