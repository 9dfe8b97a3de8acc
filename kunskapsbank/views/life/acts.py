"""What a person can do with a contribution of their own: one page for each act, which
says what it leads to, and which acts are possible now."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from kunskapsbank import permissions, workflow
from kunskapsbank.enums import EntryState, Status
from kunskapsbank.forms import life as forms
from kunskapsbank.models import Hiding, Version
from kunskapsbank.querysets import UNDECIDED
from kunskapsbank.views.life.act import ActView
from kunskapsbank.views.life.propose import writing_address
from kunskapsbank.views.life.rows import mine


@dataclass(frozen=True)
class Possible:
    """An act that can be done now; `is_main` for the one that is waited for."""

    url: str
    label: str
    hint: str
    is_main: bool = False


TAKEN_BACK_FOR_ANOTHER = (
    "Bidraget är taget tillbaka. Det är ett utkast hos den som har skrivit det, och "
    "bara den personen kan läsa det."
)


class TakeBack(ActView):
    title = "Ta tillbaka bidraget"
    consequences = [
        "Bidraget lämnar kön och blir ett utkast hos den som har skrivit det.",
        "När det skickas in igen hamnar det sist i kön.",
    ]
    button = "Ta tillbaka"
    is_theirs = staticmethod(permissions.can_take_back)

    @staticmethod
    def is_time(version):
        return version.status == Status.SUBMITTED

    def done(self, version, values):
        workflow.take_back(version, by=self.request.user)
        if version.author_id != self.request.user.pk:
            # A draft is its author's alone, and has no page for the other owners.
            messages.success(self.request, TAKEN_BACK_FOR_ANOTHER)
            return redirect("kunskapsbank:my_entries")
        messages.success(self.request, "Bidraget är taget tillbaka och är ett utkast.")
        return redirect("kunskapsbank:my_entry", version.pk)


class Withdraw(ActView):
    title = "Återta bidraget"
    form_class = forms.WithdrawForm
    consequences = [
        "Bidraget försvinner från webbplatsen direkt, med alla sina versioner.",
        "Den som följer en länk dit får veta att du har tagit tillbaka det.",
        "Ingenting raderas. Texten kan vara en allmän handling och lämnas ut till den "
        "som begär det.",
        "Bara en granskare kan visa bidraget igen.",
    ]
    button = "Återta bidraget"

    @staticmethod
    def is_theirs(user, version):
        return permissions.can_withdraw(user, version.entry)

    @staticmethod
    def is_time(version):
        is_open = version.entry.state == EntryState.OPEN
        return is_open and version.entry.slug is not None

    def done(self, version, values):
        by, message = self.request.user, values["message"]
        workflow.withdraw(version.entry, by=by, message=message)
        messages.success(self.request, "Bidraget är återtaget och syns inte längre.")
        return redirect("kunskapsbank:my_entry", version.pk)


class Confirm(ActView):
    title = "Bekräfta att det stämmer"
    consequences = [
        "Läsarna ser att bidraget är bekräftat i dag.",
        "Texten ändras inte.",
        "Om ett år frågar vi igen.",
    ]
    button = "Ja, det stämmer"

    @staticmethod
    def is_theirs(user, version):
        return permissions.has_part(user, version.entry)

    @staticmethod
    def is_time(version):
        is_open = version.entry.state == EntryState.OPEN
        return is_open and version.status == Status.PUBLISHED

    def done(self, version, values):
        workflow.confirm(version.entry, by=self.request.user)
        messages.success(self.request, "Tack. Bidraget är bekräftat i dag.")
        return redirect("kunskapsbank:my_entry", version.pk)


class Duplicate(ActView):
    title = "Duplicera bidraget"
    form_class = forms.OnceForm
    consequences = [
        "Du får ett nytt utkast med samma text och kopplingar.",
        "Det här bidraget ändras inte.",
    ]
    button = "Skapa en kopia"

    @staticmethod
    def is_theirs(user, version):
        return permissions.can_contribute(user)

    @staticmethod
    def is_time(version):
        return True

    def done(self, version, values):
        copy = workflow.duplicate(version, by=self.request.user, key=values["key"])
        messages.success(self.request, "Kopian är sparad som ett utkast.")
        return redirect(writing_address(copy))


BEGUN_ALREADY = (
    "Du skriver redan på en text till det här bidraget, så ingen kopia är gjord. Här "
    "är den texten."
)


class CopyDeclined(ActView):
    title = "Kopiera till ett nytt utkast"
    consequences = [
        "Du får ett nytt utkast med samma text, som du kan ändra och skicka in.",
        "Beslutet om den här texten står kvar.",
    ]
    button = "Kopiera till ett nytt utkast"

    @staticmethod
    def is_theirs(user, version):
        return permissions.can_contribute(user) and version.author_id == user.pk

    @staticmethod
    def is_time(version):
        is_withdrawn = version.entry.state == EntryState.WITHDRAWN
        return version.status == Status.DECLINED and not is_withdrawn

    def done(self, version, values):
        by = self.request.user
        own = mine(by).filter(entry=version.entry, author=by)
        has_begun = own.filter(status__in=[Status.DRAFT, Status.RETURNED]).exists()
        copy = workflow.copy_declined(version, by=by)
        if has_begun:
            messages.warning(self.request, BEGUN_ALREADY)
        else:
            messages.success(self.request, "Texten är kopierad till ett nytt utkast.")
        return redirect(writing_address(copy))


class Appeal(ActView):
    title = "Begär omprövning"
    form_class = forms.AppealForm
    consequences = [
        "En annan granskare läser texten och beslutet.",
        "Du kan begära omprövning en gång för varje beslut.",
    ]
    button = "Begär omprövning"
    is_theirs = staticmethod(permissions.can_appeal)

    @staticmethod
    def is_time(version):
        if version.status != Status.DECLINED:
            return False
        is_withdrawn = version.entry.state == EntryState.WITHDRAWN
        used = version.appeals.filter(declined_at=version.decided_at).exists()
        return not is_withdrawn and not used

    not_now = (
        "Det finns inget beslut att ompröva, eller så har du redan begärt omprövning."
    )

    def done(self, version, values):
        workflow.appeal(version, by=self.request.user, message=values["message"])
        messages.success(
            self.request, "Begäran är skickad. En annan granskare läser texten."
        )
        return redirect("kunskapsbank:my_entry", version.pk)


class ObjectToHiding(ActView):
    title = "Begär omprövning av döljandet"
    form_class = forms.ObjectionForm
    consequences = [
        "En annan granskare än den som dolde bidraget läser det igen.",
        "Bidraget är dolt under tiden. Du får ett mejl med svaret.",
        "Det går att begära omprövning en gång för varje gång bidraget döljs.",
    ]
    button = "Begär omprövning"
    not_now = "Bidraget är inte dolt, eller så är omprövning redan begärd."

    @staticmethod
    def is_theirs(user, version):
        return permissions.can_object_to_hiding(user, version.entry)

    @staticmethod
    def is_time(version):
        hidings = Hiding.objects.filter(entry=version.entry, objected_at=None)
        return version.entry.state == EntryState.HIDDEN and hidings.exists()

    def done(self, version, values):
        by, message = self.request.user, values["message"]
        workflow.object_to_hiding(version.entry, by=by, message=message)
        messages.success(self.request, "Begäran är skickad till en annan granskare.")
        return redirect("kunskapsbank:my_entry", version.pk)


class HandOver(ActView):
    title = "Lämna över eller dela bidraget"
    form_class = forms.HandOverForm
    consequences = [
        "Personen får ett mejl och svarar ja eller nej. Inget ändras förrän dess.",
        "Den som äger ett bidrag kan ändra det, återta det och lämna det vidare.",
        "Lämnar du över bidraget så följer dina utkast till ändringar av det med.",
        "Namnet som visas vid texter som redan är publicerade ändras inte.",
    ]
    button = "Skicka erbjudandet"

    def versions(self):
        # A moderator may too, since an owner may be gone.
        if permissions.can_moderate(self.request.user):
            return Version.objects.visible_to(self.request.user).select_related("entry")
        return mine(self.request.user)

    @staticmethod
    def is_theirs(user, version):
        return permissions.can_hand_over(user, version.entry)

    @staticmethod
    def is_time(version):
        return version.entry.state != EntryState.WITHDRAWN

    def done(self, version, values):
        alone = values["how"] == forms.ALONE
        by, email = self.request.user, values["email"]
        workflow.offer(version.entry, email=email, alone=alone, by=by)
        # The same whoever has the address, so that it tells nothing of accounts.
        messages.success(
            self.request,
            "Om adressen hör till någon som kan bidra har vi skickat erbjudandet dit. "
            "Fråga personen om mejlet har kommit fram.",
        )
        if mine(by).filter(pk=version.pk).exists():
            return redirect("kunskapsbank:my_entry", version.pk)
        return redirect("kunskapsbank:my_entries")


class Share(ActView):
    """The one page that is shown as the answer to a POST: the link is told once, and
    kept nowhere."""

    template_name = "kunskapsbank/life/share.html"
    title = "Dela med en kollega"
    consequences = [
        "Den som har länken kan läsa texten, men inte ändra den.",
        "Länken slutar gälla när du tar bort den, när granskarna har beslutat om "
        "texten, och senast efter 30 dagar.",
        "Länken visas bara en gång. Du kan göra en ny, och då slutar den förra gälla.",
    ]
    button = "Gör en länk"
    is_theirs = staticmethod(permissions.can_share)

    @staticmethod
    def is_time(version):
        is_open = version.entry.state == EntryState.OPEN
        return version.status in UNDECIDED and is_open

    def more(self, version):
        return {"link": version.draft_links.current().first()}

    def done(self, version, values):
        if "stop" in self.request.POST:
            workflow.stop_sharing(version, by=self.request.user)
            messages.success(self.request, "Länken gäller inte längre.")
            return redirect("kunskapsbank:share", version.pk)
        token = workflow.share(version, by=self.request.user)
        path = reverse("kunskapsbank:shared_draft", args=[token])
        context = {
            "breadcrumbs": self.trail(version),
            "act": self,
            "version": version,
            "is_time": True,
            "secret": settings.SITE_ADDRESS + path,
            **self.more(version),
        }
        return render(self.request, self.template_name, context)


# In the order they are offered; the address's name, its view and what it is for.
ACTS: list[tuple[str, type[ActView], str]] = [
    ("confirm", Confirm, "Läsarna ser när du senast sa att det stämmer."),
    ("take_back", TakeBack, "Bidraget blir ett utkast igen och kan skickas in senare."),
    ("appeal", Appeal, "En annan granskare läser beslutet igen, en gång."),
    ("object_to_hiding", ObjectToHiding, "En annan granskare läser bidraget igen."),
    ("copy_declined", CopyDeclined, "Skriv vidare på texten och skicka in den igen."),
    ("share", Share, "Låt någon läsa texten innan den är publicerad."),
    ("hand_over", HandOver, "Ägarna kan ändra och återta bidraget."),
    ("duplicate", Duplicate, "Börja ett nytt bidrag från samma text."),
    ("withdraw", Withdraw, "Bidraget försvinner från webbplatsen."),
]


def possible(version, user) -> list[Possible]:
    """What the person can do with the text now, what is waited for first."""
    found = []
    is_open = version.entry.state == EntryState.OPEN
    may_write = permissions.can_edit_text(user, version) and is_open
    if may_write and version.status in {Status.DRAFT, Status.RETURNED}:
        hint = "Du kan skicka in texten när den är klar."
        found.append(Possible(writing_address(version), "Fortsätt skriva", hint, True))
    is_public = version.status == Status.PUBLISHED and is_open
    if is_public and permissions.can_contribute(user):
        url = reverse("kunskapsbank:propose_change", args=[version.entry.slug])
        hint = "Texten som är publicerad ligger kvar tills ändringen är granskad."
        found.append(Possible(url, "Föreslå en ändring", hint))
    for name, view, hint in ACTS:
        if view.is_theirs(user, version) and view.is_time(version):
            url = reverse(f"kunskapsbank:{name}", args=[version.pk])
            found.append(Possible(url, view.title, hint))
    return found
