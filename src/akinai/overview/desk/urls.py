"""Routes of the desk, included at the root. The first-run wizard is named `setup` and stands beside them."""

from __future__ import annotations

from django.urls import path

from .views import first_run, jobs, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("notices/", today.notice_page, name="notices"),
    path("handover/", today.write, name="handover"),
    path("handover/<int:note_id>/read/", today.read, name="handover_read"),
    path("start/", first_run.to_do, name="checklist"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<int:job_id>/replay/", jobs.replay, name="job_replay"),
    path("jobs/<int:job_id>/drop/", jobs.drop, name="job_drop"),
    path("jobs/schedules/<int:schedule_id>/", jobs.switch, name="schedule_switch"),
]
