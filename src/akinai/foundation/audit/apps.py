from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "akinai.foundation.audit"
    label = "audit"
