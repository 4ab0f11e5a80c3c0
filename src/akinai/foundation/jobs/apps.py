from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "akinai.foundation.jobs"
    label = "jobs"
