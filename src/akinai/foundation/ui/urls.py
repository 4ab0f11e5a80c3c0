"""Routes of the kit itself: search over everything, language and brightness, saved views, and the page of all parts."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("settings/", views.settings_home, name="settings"),
    path("preferences/", views.preferences, name="preferences"),
]
