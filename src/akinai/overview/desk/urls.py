"""Routes of the desk, included at the root. The first-run wizard is named `setup` and stands beside them."""

from __future__ import annotations

from django.urls import path

from .views import contacts, effort, first_run, jobs, promises, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("notices/", today.notice_page, name="notices"),
    path("handover/", today.write, name="handover"),
    path("handover/<int:note_id>/read/", today.read, name="handover_read"),
    path("promises/", promises.promises, name="promises"),
    path("promises/list/", promises.promise_list, name="promise_list"),
    path("effort/", effort.effort_page, name="effort"),
    path("effort/note/", effort.effort_note, name="effort_note"),
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/orders/<int:order_id>/", contacts.order_contacts, name="order_contacts"),
    path("contacts/orders/<int:order_id>/call/", contacts.log_call, name="log_call"),
    path("contacts/orders/<int:order_id>/open/", contacts.open_contact, name="open_contact"),
    path("start/", first_run.to_do, name="checklist"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<int:job_id>/replay/", jobs.replay, name="job_replay"),
    path("jobs/<int:job_id>/drop/", jobs.drop, name="job_drop"),
    path("jobs/schedules/<int:schedule_id>/", jobs.switch, name="schedule_switch"),
]
