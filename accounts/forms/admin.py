"""What an administrator writes about people, made clean."""

from django import forms
from django.contrib.auth.forms import UserChangeForm

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


class NewUserForm(LowerCaseEmail, forms.ModelForm):
    """Without a password, which is nobody's to choose but the person's own."""

    class Meta:
        model = User
        fields = ["email", "name"]

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class UserForm(LowerCaseEmail, UserChangeForm):
    password = None
    role = RoleField()

    class Meta:
        model = User
        fields = ["email", "name", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = self.instance.role or ""
