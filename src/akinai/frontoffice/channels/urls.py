"""Routes of imports, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import checking, dropping, mapping

app_name = "channels"
urlpatterns = [
    path("import/", dropping.start, name="start"),
    path("import/<int:run_id>/", checking.run, name="run"),
    path("import/<int:run_id>/take-in/", checking.take_in, name="take_in"),
    path("import/<int:run_id>/carry-on/", checking.carry_on, name="carry_on"),
    path("import/<int:run_id>/dismiss/", checking.dismiss, name="dismiss"),
    path("import/<int:run_id>/correct/", checking.correct, name="correct"),
    path("import/<int:run_id>/answer/", checking.answer, name="answer"),
    path("import/<int:run_id>/columns/", mapping.mapping, name="columns"),
    path("import/<int:run_id>/files/<int:position>/", dropping.file, name="file"),
    path("settings/imports/", dropping.settings, name="settings"),
    path("settings/imports/mappings/<int:mapping_id>/delete/", mapping.delete, name="mapping_delete"),
    path("settings/imports/<int:store_id>/forget-word/", mapping.forget_word, name="forget_word"),
    path("settings/imports/<int:store_id>/vouch/", mapping.vouch, name="vouch"),
]
