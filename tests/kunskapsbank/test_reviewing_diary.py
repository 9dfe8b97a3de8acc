"""All of a contribution as one file for the city's diary."""

import csv
import io
import json
import zipfile

import pytest

from kunskapsbank import diary, workflow
from kunskapsbank.enums import Act, People
from kunskapsbank.models import EventDetail
from kunskapsbank.uploads import storage
from kunskapsbank.workflow import attachments
from tests.factories import UserFactory
from tests.kunskapsbank import samples, stories

pytestmark = pytest.mark.django_db


def opened(entry):
    return zipfile.ZipFile(io.BytesIO(b"".join(diary.package(entry))))


def read(archive, name):
    return archive.read(name).decode("utf-8-sig")


@pytest.fixture
def entry():
    version = stories.published(title="<b>Bänkar</b>")
    change = stories.changed(version, title="Bord")
    workflow.return_to_author(
        change, by=stories.moderator(), lock=change.lock, message='=HYPERLINK("x")'
    )
    return version.entry


def test_package_holds_every_version_and_event(entry):
    archive = opened(entry)

    assert archive.testzip() is None
    texts = {
        f"version-{n}/text.{end}" for n in (1, 2) for end in ("json", "html", "md")
    }
    assert texts | {"LAS-MIG.txt", "handelser.csv", "handelser.json"} <= set(
        archive.namelist()
    )
    first = json.loads(read(archive, "version-1/text.json"))
    assert first["text"]["title"] == "<b>Bänkar</b>"
    assert len(first["inlamnade_texter"]) == 1
    events = json.loads(read(archive, "handelser.json"))
    assert events["kedjan_ar_hel"]
    assert [each["handelse"] for each in events["handelser"]] == stories.acts(entry)
    assert events["handelser"][-1]["kontrollsumma"]
    assert "Kedjan av händelser är hel" in read(archive, "LAS-MIG.txt")


def test_text_is_escaped_in_html(entry):
    page = read(opened(entry), "version-1/text.html")

    assert "&lt;b&gt;Bänkar" in page
    assert "<b>" not in page


def test_no_cell_is_run_as_a_formula(entry):
    """Trust 1.2.10."""
    rows = list(csv.DictReader(io.StringIO(read(opened(entry), "handelser.csv"))))

    assert rows[-1]["meddelande"] == '\'=HYPERLINK("x")'
    assert rows[-1]["handelse"] == Act.RETURNED


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\0"])
def test_every_start_of_a_formula_is_neutral(start):
    assert diary.neutral(f"{start}1") == f"'{start}1"
    assert diary.neutral(f"1{start}") == f"1{start}"


def test_changed_message_is_told(entry):
    detail = EventDetail.objects.exclude(message="").last()
    detail.message = "Något annat"
    detail.save()

    archive = opened(entry)

    assert not json.loads(read(archive, "handelser.json"))[
        "namn_och_meddelanden_stammer"
    ]
    assert "STÄMMER INTE" in read(archive, "LAS-MIG.txt")


def test_drafts_are_left_out(entry):
    workflow.propose_change(entry, by=UserFactory(contributor=True))

    assert not any("version-3" in name for name in opened(entry).namelist())


def test_package_is_streamed_to_moderators(client, entry):
    address = f"/granska/bidrag/{entry.pk}/diarium/"
    client.force_login(UserFactory(contributor=True))
    assert client.get(address).status_code == 404
    client.force_login(UserFactory(moderator=True))
    before = stories.acts(entry)

    response = client.get(address)

    assert response.streaming
    assert response["Content-Type"] == "application/zip"
    assert f'filename="{entry.number}.zip"' in response["Content-Disposition"]
    content = b"".join(response.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert stories.acts(entry) == before


def test_files_are_in_the_package(media):
    draft = stories.draft()
    upload = samples.upload("bild.png", None)
    attachment = attachments.attach(draft, by=draft.author, upload=upload)
    attachments.describe(
        attachment, by=draft.author, alt="En bänk", people=People.NOBODY
    )
    version = stories.hand_in(draft)
    name = f"version-1/filer/1-{attachment.name}"

    assert opened(version.entry).read(name)[:4] == b"RIFF"
    storage.remove(attachment.file.stored_name)
    assert f"{name}.SAKNAS.txt" in opened(version.entry).namelist()
