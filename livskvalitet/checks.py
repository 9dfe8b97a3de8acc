"""What `manage.py check --deploy` warns of."""

from django.core.checks import Warning, register

from livskvalitet import publisher


@register(deploy=True)
def check_publisher(app_configs, **kwargs):
    """The catalogue lacks what DCAT-AP-SE demands until the publisher is named."""
    return [
        Warning(
            f"{name} is missing or cannot be read: the catalogue of open data lacks "
            "what DCAT-AP-SE 3.0.1 demands.",
            hint=f"Set {name}.",
            id="livskvalitet.W001",
        )
        for name in publisher.missing()
    ]
