"""The pages where files are added, and the files as they are served (trust 3.2.1)."""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from kunskapsbank.enums import People
from kunskapsbank.uploads.refusals import MESSAGES
from kunskapsbank.workflow import attachments
from tests.factories import UserFactory
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def version():
    return stories.draft()


@pytest.fixture
def writer(client, version):
    client.force_login(version.author)
    return client


def page(version):
    return reverse("kunskapsbank:files", args=[version.pk])


def one(name, attachment):
    return reverse(name, args=[attachment.version_id, attachment.pk])


def attach(version, name="bild.png", content=None):
    upload = samples.upload(name, content)
    made = attachments.attach(version, by=version.author, upload=upload)
    return attachments.describe(
        made, by=version.author, alt="En bänk", people=People.NOBODY
    )


# -- Adding


def test_a_chosen_file_is_added_and_then_described(writer, version):
    response = writer.post(page(version), {"file": samples.upload("bänk.png")})

    made = version.attachments.get()
    assert response.headers["Location"] == one("kunskapsbank:file_describe", made)
    assert "bänk.webp är tillagd." in writer.get(response.url).content.decode()
    assert "bänk.webp" in writer.get(page(version)).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, MESSAGES["missing"]),
        ({"file": samples.upload("bild.svg", b"<svg/>")}, MESSAGES["svg"]),
        ({"file": samples.upload("bild.png", b"")}, MESSAGES["empty"]),
        ({"file": samples.upload("../../x", b"hej")}, MESSAGES["type"]),
    ],
)
def test_a_refused_file_is_told_of_at_the_field(writer, version, data, said):
    answer = writer.post(page(version), data).content.decode()

    assert f"<title>Fel: Bilder och dokument till {version.title}" in answer
    assert answer.count(said) == 2
    assert version.attachments.count() == 0


def test_a_long_name_is_told_to_be_shortened(writer, version):
    upload = samples.upload("ö" * 90 + "a" * 60 + ".png")

    response = writer.post(page(version), {"file": upload}, follow=True)

    assert "Namnet var långt och är kortat." in response.content.decode()


def test_a_double_click_adds_one_file(writer, version):
    writer.post(page(version), {"file": samples.upload("bild.png")})
    again = writer.post(page(version), {"file": samples.upload("bild.png")})

    assert MESSAGES["already_there"] in again.content.decode()
    assert version.attachments.count() == 1


def test_nothing_is_added_while_the_text_is_reviewed(writer, version):
    stories.hand_in(version)

    answer = writer.get(page(version))
    assert "kan inte ändras medan det granskas" in answer.content.decode()
    assert 'type="file"' not in answer.content.decode()

    said = writer.post(page(version), {"file": samples.upload("a.png")}, follow=True)
    assert "kan inte ändras medan det granskas" in said.content.decode()
    assert version.attachments.count() == 0


def test_a_file_that_is_too_large_is_told_by_its_size(writer, version):
    upload = samples.upload("bild.jpg", bytes(12_000_000))

    answer = writer.post(page(version), {"file": upload}).content.decode()

    assert "Bilden är 12 MB. Välj en som är högst 5 MB" in answer
    assert MESSAGES["missing"] not in answer


class Endless:
    """A request's body: the head of a file, and then bytes without end."""

    HEAD = (
        b"--grans\r\nContent-Disposition: form-data; name=file; filename=a.pdf\r\n\r\n"
    )
    readline = None
    reads = 0

    def read(self, size=-1):
        self.reads += 1
        return self.HEAD if self.reads == 1 else b"x" * size


def test_a_file_that_is_far_too_large_is_cut_off(writer, version):
    """Only what was said of its size is read, and none of the file."""
    source = Endless()
    answer = writer.generic(
        "POST",
        page(version),
        CONTENT_TYPE="multipart/form-data; boundary=grans",
        CONTENT_LENGTH="1000000000",
        **{"wsgi.input": source},
    )

    assert "Dokumentet är 1000 MB. Välj ett som är högst 10 MB" in (
        answer.content.decode()
    )
    assert source.reads < 10


def test_nobody_sends_a_file_without_being_signed_in(client, version, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "kunskapsbank.uploads.handlers.InMemoryUploadedFile",
        lambda **file: kept.append((file["file"].getvalue(), file["size"])),
    )

    client.post(page(version), {"file": samples.upload("bild.png")})

    assert kept == [(b"", 0)]


def test_an_upload_leaves_nothing_in_the_temporary_folder(
    writer, version, tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    upload = samples.upload("plan.pdf", samples.document() + bytes(4_000_000))
    writer.post(page(version), {"file": upload})

    assert [path for path in tmp_path.iterdir() if path.name != "media"] == []


def test_every_form_on_the_pages_has_a_token(writer, version):
    attach(version)
    made = attach(version, "b.png", samples.picture(color="red"))
    for address in (
        page(version),
        one("kunskapsbank:file_describe", made),
        one("kunskapsbank:file_replace", made),
    ):
        answer = writer.get(address).content.decode()

        forms = answer.count('<form method="post"') + answer.count('" method="post"')
        assert forms
        assert answer.count('name="csrfmiddlewaretoken"') == forms


def test_a_form_without_token_is_refused(version):
    client = Client(enforce_csrf_checks=True)
    client.force_login(version.author)

    response = client.post(page(version), {"file": samples.upload("bild.png")})

    assert response.status_code == 403
    assert version.attachments.count() == 0


# -- Describing, replacing, ordering, removing


def test_a_picture_is_described_or_said_to_be_decoration(writer, version):
    made = attach(version)
    address = one("kunskapsbank:file_describe", made)

    refused = writer.post(address, {"people": "nobody"}).content.decode()
    assert "Beskriv bilden, eller kryssa i att den bara är dekoration" in refused

    writer.post(address, {"is_decorative": "on", "people": "informed"})
    made.refresh_from_db()
    assert (made.alt, made.is_decorative, made.people) == ("", True, "informed")


def test_who_is_in_a_picture_must_be_answered(writer, version):
    made = attach(version)

    answer = writer.post(one("kunskapsbank:file_describe", made), {"alt": "Två barn"})

    assert "Svara på om det går att känna igen någon" in answer.content.decode()


def test_a_document_tells_what_to_put_right(writer, version):
    made = attach(version, "skannad.pdf", samples.bare_document())
    address = one("kunskapsbank:file_describe", made)

    answer = writer.get(address).content.decode()
    for word in ("inte att läsa någon text", "saknar taggar", "ingen titel"):
        assert word in answer

    writer.post(address, {"language": "en"})
    made.refresh_from_db()
    assert made.language == "en"


def test_a_good_document_is_said_to_be_good(writer, version):
    made = attach(version, "plan.pdf", samples.document())

    answer = writer.get(one("kunskapsbank:file_describe", made)).content.decode()

    assert "Dokumentet har titel, språk, taggar och text" in answer
    for found in ("Plan för bänkar", "svenska", "Sidor"):
        assert f">{found}<" in answer


def test_whoever_sends_a_document_sees_whom_it_names_before_it_is_public(
    writer, version
):
    made = attach(version, "plan.pdf", samples.document(author="Bo Ek"))

    answer = writer.get(one("kunskapsbank:file_describe", made)).content.decode()

    assert "Författare enligt dokumentet" in answer
    assert ">Bo Ek<" in answer
    assert "vem som har skrivit det, följer med när filen publiceras" in answer


def test_a_file_is_replaced_in_its_place(writer, version):
    made = attach(version)
    upload = samples.upload("ny.png", samples.picture(color="red"))

    writer.post(one("kunskapsbank:file_replace", made), {"file": upload})

    made.refresh_from_db()
    assert (made.name, made.alt) == ("ny.webp", "En bänk")


def test_files_change_places(writer, version):
    first = attach(version)
    second = attach(version, "b.png", samples.picture(color="red"))

    address = one("kunskapsbank:file_move", second)
    answer = writer.post(address, {"hall": "upp"}, follow=True)

    assert list(version.attachments.all()) == [second, first]
    assert f"{second.name} är nu fil 1 av 2." in answer.content.decode()


def test_removing_twice_is_no_error(writer, version):
    made = attach(version)

    for _ in range(2):
        response = writer.post(one("kunskapsbank:file_remove", made), follow=True)
        assert response.status_code == 200

    assert version.attachments.count() == 0


# -- When the session has ended meanwhile (trust R8)


def test_who_was_signed_out_is_told_which_file_to_choose_again(writer, version):
    who = writer.get(page(version)).context["who"]
    writer.logout()

    upload = samples.upload("bänk.png")
    answer = writer.post(page(version), {"file": upload, "who": who})
    assert answer.url.startswith("/konto/logga-in/")
    writer.force_login(version.author)

    assert "Välj den igen: bänk.png." in writer.get(page(version)).content.decode()
    writer.post(page(version), {"file": samples.upload("bänk.png"), "who": who})
    assert "Välj den igen" not in writer.get(page(version)).content.decode()


def test_a_description_is_kept_while_signing_in(writer, version):
    address = one("kunskapsbank:file_describe", attach(version))
    who = writer.get(address).context["who"]
    writer.logout()

    writer.post(address, {"alt": "Två bänkar i snö", "people": "nobody", "who": who})
    writer.force_login(version.author)

    form = writer.get(address).context["form"]
    assert (form["alt"].value(), form["people"].value()) == (
        "Två bänkar i snö",
        "nobody",
    )


@pytest.mark.parametrize("name", ["file_remove", "file_move"])
def test_an_act_after_signing_in_leads_to_the_files(writer, version, name):
    made = attach(version)

    answer = writer.get(one(f"kunskapsbank:{name}", made))

    assert answer.url == page(version)
    assert version.attachments.count() == 1


def test_a_closed_account_is_told_so_and_keeps_the_description(writer, version):
    address = one("kunskapsbank:file_describe", attach(version))
    User.objects.filter(pk=version.author_id).update(is_active=False)

    answer = writer.post(address, {"alt": "Två bänkar", "people": "nobody"})

    assert answer.status_code == 403
    assert version.attachments.get().alt == "En bänk"


PAGES = ("files", "file_describe", "file_replace", "file_remove", "file_move")


@pytest.mark.pages
@pytest.mark.parametrize("who", ["other", "moderator", "anonymous"])
def test_the_files_of_a_draft_are_its_author_s(client, version, who):
    made = attach(version)
    if who != "anonymous":
        client.force_login(UserFactory(contributor=True, moderator=who == "moderator"))

    for name, ask in product(PAGES, [client.get, client.post]):
        arguments = [version.pk] if name == "files" else [version.pk, made.pk]
        response = ask(reverse(f"kunskapsbank:{name}", args=arguments))

        assert response.status_code in {302, 404, 405}, (name, ask)
        assert response.status_code != 302 or response.url.startswith("/konto/"), name


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_file_of_another_text_is_not_there(writer, version, name):
    other = stories.draft(by=version.author)
    made = attach(other)

    address = reverse(f"kunskapsbank:{name}", args=[version.pk, made.pk])
    writer.post(address, {"file": samples.upload("x.png"), "alt": "Annat"})

    assert other.attachments.get().alt == "En bänk"
