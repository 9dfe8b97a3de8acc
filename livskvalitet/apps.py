from django.apps import AppConfig


class LivskvalitetConfig(AppConfig):
    name = "livskvalitet"
    verbose_name = "webbplatsen"

    def ready(self):
        from livskvalitet import checks  # noqa: F401 - registers itself
