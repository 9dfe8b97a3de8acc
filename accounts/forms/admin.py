"""What an administrator writes about people, made clean."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from accounts.enums import Role
from accounts.models import User


class LowerCaseEmail:
    """People write their address in any case, and it is one address."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RoleField(forms.ChoiceField):
    def __init__(self, **options):
        choices = [("", "ingen roll"), *Role.choices]
        hints = " ".join(
            f"{role.label[0].upper()}{role.label[1:]}: {role.consequence}"
            for role in Role
        )
        super().__init__(
            label="Roll",
            choices=choices,
            required=False,
            help_text=f"{hints} Ändringen gäller direkt.",
            **options,
        )


class NewUserForm(LowerCaseEmail, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(LowerCaseEmail, UserChangeForm):
    role = RoleField()

    class Meta:
        model = User
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = self.instance.role or ""
