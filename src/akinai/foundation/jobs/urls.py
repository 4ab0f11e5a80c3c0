"""Routes of background work."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:job_id>/", views.progress, name="progress"),
    path("jobs/<int:job_id>/cancel/", views.cancel, name="cancel"),
]
