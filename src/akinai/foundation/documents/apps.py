from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "akinai.foundation.documents"
    label = "documents"
