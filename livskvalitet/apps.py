from django.apps import AppConfig


class LivskvalitetConfig(AppConfig):
    name = "livskvalitet"
    verbose_name = "webbplatsen"

    def ready(self):
        from livskvalitet import checks, fault_reports  # noqa: F401 - checks register

        fault_reports.start()
