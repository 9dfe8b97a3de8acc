"""How Django's forms become HTML in the site's look."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`{{ field.as_field_group }}` and `{{ form }}` give the components' markup."""

    field_template_name = "components/field.html"
    form_template_name = "components/fields.html"
