"""Mail to those who are invited, who have applied, and who can send a new link."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts import encryption, mail
from accounts.enums import InvitationState
from accounts.models import Application, Invitation, User
from accounts.permissions import can_invite


@task()
def send_invitation(invitation_pk: int, encrypted_token: str, attempt: int = 0) -> None:
    """Send the link, unless it has been revoked since. Its secret is the same however
    often it is sent, and is in the row that waits only as what SECRET_KEY can read."""
    invitation = Invitation.objects.filter(pk=invitation_pk).first()
    if invitation is None or invitation.state != InvitationState.WAITING:
        return
    token = encryption.decrypt(encrypted_token)
    path = reverse("accounts:invitation", args=[token])
    text = _written(
        "invitation", invitation=invitation, link=f"{settings.SITE_ADDRESS}{path}"
    )
    message = mail.composed(text, to=invitation.email, name=f"inbjudan-{invitation.pk}")
    args = [invitation_pk, encrypted_token]
    mail.send(message, task=send_invitation, args=args, attempt=attempt)


@task()
def tell_link_is_wanted(
    invitation_pk: int, recipient_pk: int, attempt: int = 0
) -> None:
    """Tell a moderator that an invited person wants a new link."""
    invitation = Invitation.objects.filter(pk=invitation_pk).first()
    recipient = User.objects.filter(pk=recipient_pk, is_active=True).first()
    if invitation is None or recipient is None:
        return
    text = _written(
        "link_wanted",
        invitation=invitation,
        page=f"{settings.SITE_ADDRESS}{reverse('accounts:invitations')}",
    )
    day = invitation.asked_at.date() if invitation.asked_at else ""
    message = mail.composed(
        text,
        to=recipient.email,
        name=f"ny-lank-{invitation.pk}-{recipient.pk}-{day}",
    )
    args = [invitation_pk, recipient_pk]
    mail.send(message, task=tell_link_is_wanted, args=args, attempt=attempt)


def tell_who_answers(application: Application) -> None:
    """Queue a mail to each who may answer and wants one for every matter. How often
    they want mail is kept by the knowledge bank, with all else that they review."""
    people = User.objects.with_perm_to_invite().filter(mail_preference__choice="each")
    for pk in sorted(people.values_list("pk", flat=True)):
        send_notice.enqueue(application.pk, pk)


@task()
def send_notice(application_pk: int, recipient_pk: int, attempt: int = 0) -> None:
    """Tell one who may answer of an application that still waits."""
    application = Application.objects.waiting().filter(pk=application_pk).first()
    recipient = User.objects.filter(pk=recipient_pk, is_active=True).first()
    if application is None or recipient is None or not can_invite(recipient):
        return
    path = reverse("accounts:application", args=[application.pk])
    text = _written(
        "application_notice",
        application=application,
        page=f"{settings.SITE_ADDRESS}{path}",
        choose=f"{settings.SITE_ADDRESS}/granska/mejl/",
    )
    name = f"ansokan-notis-{application.number}-{recipient.pk}"
    message = mail.composed(text, to=recipient.email, name=name)
    args = [application_pk, recipient_pk]
    mail.send(message, task=send_notice, args=args, attempt=attempt)


@task()
def send_answer(application_pk: int, attempt: int = 0) -> None:
    """Tell the applicant what was decided, when the answer is no invitation."""
    application = Application.objects.filter(pk=application_pk).first()
    if application is None or not application.email:
        return
    name = "application_granted" if application.granted else "application_declined"
    text = _written(
        name,
        application=application,
        tip_page=f"{settings.SITE_ADDRESS}/tipsa/",
        write_page=f"{settings.SITE_ADDRESS}/bidra/",
    )
    message = mail.composed(
        text, to=application.email, name=f"ansokan-{application.number}"
    )
    mail.send(message, task=send_answer, args=[application_pk], attempt=attempt)


def _written(name: str, **context: object) -> str:
    return render_to_string(f"accounts/mail/{name}.txt", context)
