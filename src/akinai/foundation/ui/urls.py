"""Routes of the kit itself: search over everything, language and brightness, saved views, and the page of all parts."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("settings/", views.settings_home, name="settings"),
    path("preferences/", views.preferences, name="preferences"),
    path("views/save/", views.save_view, name="save_view"),
    path("views/<int:view_id>/delete/", views.delete_view, name="delete_view"),
    path("views/<int:view_id>/share/", views.share_view, name="share_view"),
    path("views/<int:view_id>/move/", views.move_view, name="move_view"),
    path("views/first/", views.first_view, name="first_view"),
    path("views/columns/", views.columns, name="columns"),
    path("kit/", views.kit_page, name="kit"),
]
