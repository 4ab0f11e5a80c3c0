"""Routes of the live stream."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "events"
urlpatterns = [path("events/stream", views.live, name="stream")]
