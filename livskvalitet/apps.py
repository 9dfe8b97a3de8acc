from django.apps import AppConfig


class LivskvalitetConfig(AppConfig):
    name = "livskvalitet"
    verbose_name = "webbplatsen"
