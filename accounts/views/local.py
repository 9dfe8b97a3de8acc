"""What only a site on one's own computer shows: ready accounts and unsent mails."""

from django.http import Http404
from django.views.generic import TemplateView

from accounts import local
from programme.views.text import START

HERE = {"title": "Lokalt", "url": "/lokalt/"}


class Private:
    """Codes and mails of this moment, kept by no browser."""

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class Local(Private, TemplateView):
    template_name = "accounts/local.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            breadcrumbs=[START, {"title": "Lokalt"}],
            accounts=local.accounts(),
            password=local.password(),
            mails=local.mails(),
            **kwargs,
        )


class LocalMail(Private, TemplateView):
    template_name = "accounts/local_mail.html"

    def get_context_data(self, **kwargs):
        mail = local.mail(self.kwargs["number"])
        if mail is None:
            raise Http404
        facts = [
            {"term": "Till", "text": mail.to},
            {"term": "Från", "text": mail.sender},
        ]
        return super().get_context_data(
            breadcrumbs=[START, HERE, {"title": mail.subject}],
            mail=mail,
            facts=facts,
            **kwargs,
        )
