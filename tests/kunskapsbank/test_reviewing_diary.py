"""All of a contribution as one file for the city's diary."""

import csv
import hashlib
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


def sha256(text):
    return hashlib.sha256(
        text if isinstance(text, bytes) else text.encode()
    ).hexdigest()


def test_chain_can_be_checked_with_the_package_alone(entry):
    events = json.loads(read(opened(entry), "handelser.json"))["handelser"]
    before = ""

    for position, event in enumerate(events, start=1):
        told = json.loads(event["underlag"])
        assert sha256(event["underlag"]) == event["kontrollsumma"]
        assert (told["position"], told["previous_hash"]) == (position, before)
        assert (told["act"], told["entry_id"]) == (event["handelse"], entry.pk)
        name, message = event["namn"], event["meddelande"]
        assert sha256(f"{event['namnets_salt']}:{name}") == told["name_hash"]
        if message:
            said = sha256(f"{event['meddelandets_salt']}:{message}")
            assert said == told["message_hash"]
        before = event["kontrollsumma"]
    assert len(events) == entry.events.count() > 3


def test_every_file_of_the_package_has_its_sum(entry):
    archive = opened(entry)

    lines = read(archive, "kontrollsummor.txt").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}

    assert sums.keys() == {*archive.namelist()} - {"kontrollsummor.txt"}
    for name, digest in sums.items():
        assert sha256(archive.read(name)) == digest


def test_what_was_handed_in_and_taken_back_is_there_and_not_the_draft(entry):
    change = entry.versions.get(number=2)
    stories.hand_in(change)
    workflow.take_back(change, by=change.author)
    change.refresh_from_db()
    workflow.save_text(change, by=change.author, lock=change.lock, title="Privat")

    archive = opened(entry)

    assert json.loads(read(archive, "version-2/text.json"))["text"]["title"] == "Bord"
    assert "<h1>Bord</h1>" in read(archive, "version-2/text.html")
    assert not any("Privat" in read(archive, name) for name in archive.namelist())


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
    version = workflow.take_back(version, by=version.author)
    attachments.detach(version.attachments.get(), by=version.author)
    assert opened(version.entry).read(name)[:4] == b"RIFF"
    storage.remove(attachment.file.stored_name)
    assert f"{name}.SAKNAS.txt" in opened(version.entry).namelist()
