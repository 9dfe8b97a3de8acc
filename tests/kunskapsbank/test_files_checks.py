"""What is refused, each with a message of its own, and what becomes of the rest
(trust 5.x, R39)."""

import io

import pytest
from PIL import Image

from kunskapsbank.uploads import checks, documents, names, sandbox
from kunskapsbank.uploads.limits import MAX_DOCUMENT, MAX_IMAGE, MAX_PAGES
from kunskapsbank.uploads.refusals import MESSAGES, Refused
from tests.kunskapsbank import samples

JPEG = samples.picture(kind="JPEG")
CASES = {
    "empty": ("bild.png", lambda: b"", "Filen är tom"),
    "svg": ("bild.svg", lambda: b"<svg/>", "formatet SVG"),
    "heic": ("IMG_1.HEIC", lambda: b"ftypheic", "format HEIC"),
    "office": ("plan.docx", lambda: b"PK", "Spara det som PDF"),
    "type": ("virus.exe", lambda: b"MZ", "PDF, JPG, PNG eller WebP"),
    "image too large": (
        "bild.jpg",
        lambda: JPEG + bytes(MAX_IMAGE),
        "Bilden är 5,1 MB. Välj en som är högst 5 MB",
    ),
    "document too large": (
        "plan.pdf",
        lambda: b"%PDF-" + bytes(MAX_DOCUMENT),
        "Dokumentet är 10,1 MB. Välj ett som är högst 10 MB",
    ),
    "disguised": (
        "bild.png",
        lambda: JPEG,
        "slutar på .png, men innehållet är en JPG-bild",
    ),
    "not an image": (
        "bild.png",
        lambda: b"hej",
        "Filen går inte att läsa som bild. Välj JPG, PNG eller WebP",
    ),
    "truncated": ("bild.jpg", lambda: samples.photo()[:-4000], "inte hel"),
    "bomb": ("bild.png", samples.bomb, "30\xa0000 × 30\xa0000 bildpunkter"),
    "moving": ("bild.webp", samples.moving, "Bilden rör sig"),
    "polyglot": ("bild.png", samples.polyglot, "en webbsida gömd"),
    "not a document": ("plan.pdf", lambda: b"hej", "inte att läsa som PDF"),
    "script": ("plan.pdf", samples.scripted, "program som kan köras"),
    "embedded": ("plan.pdf", samples.carrying, "andra filer gömda"),
    "encrypted": ("plan.pdf", samples.locked, "låst med lösenord"),
    "too many pages": (
        "plan.pdf",
        lambda: samples.bare_document(MAX_PAGES + 1),
        f"{MAX_PAGES + 1} sidor",
    ),
}


def refusal(name, content):
    with pytest.raises(Refused) as caught:
        checks.prepare(name, content)
    return caught.value.message


@pytest.mark.trust("R39")
@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_taken_is_refused_with_the_reason(case):
    name, make, said = CASES[case]

    assert said in refusal(name, make())


@pytest.mark.trust("R39")
def test_each_reason_has_a_message_of_its_own():
    said = [refusal(name, make()) for name, make, _ in CASES.values()]

    assert len(set(said)) == len(CASES)
    assert len(set(MESSAGES.values())) == len(MESSAGES)


def test_messages_are_written_as_errors_at_fields_are():
    for message in MESSAGES.values():
        assert message[0].isupper() or message[0] == "{"
        assert not message.endswith(".")
        assert "!" not in message


def test_a_program_in_a_document_is_found_however_it_is_started():
    assert "program som kan köras" in refusal("plan.pdf", samples.launching())


RUNNING = {
    "escaped": samples.by_hand("/OpenAction << /S /J#61vaScript /J#53 (1) >>"),
    "page": samples.by_hand(page="/AA << /O << /S /JavaScript /JS (1) >> >>"),
    "named": samples.by_hand("/Names << /JavaScript << /Names [] >> >>"),
    "form": samples.by_hand("/AcroForm << /XFA (x) >>"),
    "sending": samples.by_hand("/OpenAction << /S /SubmitForm /F (http://x) >>"),
    "next": samples.by_hand(
        "/OpenAction << /S /URI /URI (https://x) /Next << /S /Launch /F (x) >> >>"
    ),
    "launching link": samples.linking("/S /Launch /F (kalkyl.exe)"),
    "other machine": samples.linking(r"/S /GoToR /F (\\\\10.0.0.1\\x) /D [0 /Fit]"),
    "script link": samples.linking(r"/S /URI /URI (JavaScript:alert\(1\))"),
    "file link": samples.linking("/S /URI /URI (file:///etc/passwd)"),
    "thread": samples.linking(r"/S /Thread /F (\\\\10.0.0.1\\x) /D 0"),
    "machine link": samples.linking(r"/S /URI /URI (\\\\10.0.0.1\\x)"),
    "link without scheme": samples.linking("/S /URI /URI (//10.0.0.1/x)"),
    "file base": samples.by_hand("/URI << /Base (file://10.0.0.1/) >>"),
    # What an action is stands elsewhere in the file.
    "launch elsewhere": samples.linking("/S 4 0 R /F (kalkyl.exe)", "/Launch"),
    "sending elsewhere": samples.linking("/S 4 0 R /F (http://x)", "/SubmitForm"),
    "script link elsewhere": samples.linking(
        r"/S 4 0 R /URI (javascript:alert\(1\))", "/URI"
    ),
    "address elsewhere": samples.linking(
        "/S /URI /URI 4 0 R", r"(javascript:alert\(1\))"
    ),
}


@pytest.mark.parametrize("case", RUNNING)
def test_whatever_in_a_document_could_run_is_found(case):
    with pytest.raises(Refused) as caught:
        documents.examine(RUNNING[case])

    assert caught.value.code == "script"


@pytest.mark.parametrize("address", ["https://example.se", "mailto:a@example.se", "x"])
def test_a_common_link_in_a_document_is_taken(address):
    facts, _ = documents.examine(samples.linking(f"/S /URI /URI ({address})"))

    assert facts["pages"] == 1


POLYGLOTS = {
    "gif and script": ("bild.gif", b"GIF89a/*" + bytes(20) + b"*/=alert(1)//"),
    "gif as png": ("bild.png", b"GIF89a/*" + bytes(20) + b"*/=alert(1)//"),
    "page as picture": ("bild.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
    "picture as document": ("plan.pdf", samples.polyglot()),
    "document as picture": ("bild.png", samples.by_hand()),
    "archive as picture": ("bild.png", b"PK\x03\x04" + bytes(40)),
    "svg as picture": ("bild.png", b"<svg xmlns='x' onload='alert(1)'/>"),
    "two ends": ("bild.png.html", samples.picture()),
    "page after png": ("bild.png", samples.polyglot()),
}


@pytest.mark.parametrize("case", POLYGLOTS)
def test_what_is_two_things_at_once_is_refused(case):
    assert refusal(*POLYGLOTS[case])


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", samples.document()[:900]],
    ids=["head", "end", "half"],
)
def test_a_broken_document_is_refused_as_one(content):
    assert refusal("plan.pdf", content) == MESSAGES["not_document"]


# -- Pictures


def test_a_picture_is_made_anew_upright_and_tells_nothing_of_whoever_took_it():
    content = samples.photo(width=640, height=480, orientation=6)
    assert samples.MODEL.encode() in content
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)

    made = checks.prepare("IMG_1.JPG", content)

    for part in (made.content, made.thumbnail):
        again = Image.open(io.BytesIO(part))
        assert again.format == "WEBP"
        assert not again.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & again.info.keys()
        assert samples.MODEL.encode() not in part
        assert b"hemma hos Ida" not in part
    assert (made.width, made.height) == (480, 640)
    assert (made.content_type, made.name) == (checks.WEBP, "IMG_1.webp")


def test_a_large_picture_is_scaled():
    made = checks.prepare("bred.jpg", samples.photo(4000, 1000, orientation=1))

    assert (made.width, made.height) == (1600, 400)
    assert max(Image.open(io.BytesIO(made.thumbnail)).size) == 320


def test_a_small_picture_keeps_its_size_and_what_is_see_through():
    made = checks.prepare("ikon.png", samples.see_through())

    again = Image.open(io.BytesIO(made.content))
    assert (again.size, again.mode) == ((20, 20), "RGBA")


def test_a_scan_with_many_greys_is_not_white():
    """Sixteen bits for each pixel, as scanners and maps have it."""
    made = checks.prepare("karta.png", samples.scan())

    again = Image.open(io.BytesIO(made.content)).convert("L")
    shades = [again.getpixel((x, 5)) for x in (0, 64, 128, 192)]
    assert shades == [pytest.approx(shade, abs=4) for shade in (0, 64, 128, 192)]


def test_a_camera_s_preview_beside_the_picture_does_not_move():
    written = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), color) for color in ("red", "blue")]
    frames[0].save(written, "MPO", save_all=True, append_images=frames[1:])

    assert checks.prepare("foto.jpg", written.getvalue()).width == 60


def test_what_stands_after_a_picture_is_dropped():
    content = samples.picture() + b"PK\x03\x04 something else"

    assert b"something else" not in checks.prepare("bild.png", content).content


# -- Documents


def test_a_document_is_read_for_what_everybody_needs():
    report = checks.prepare("plan.pdf", samples.document(3)).report

    assert (report["pages"], report["title"]) == (3, "Plan för bänkar")
    assert (report["language"], report["tagged"]) == ("sv", True)
    assert report["text_length"] > 20


def test_a_bare_document_is_taken_and_its_faults_told():
    report = checks.prepare("skannad.pdf", samples.bare_document(2)).report

    assert report == {
        "pages": 2,
        "title": "",
        "author": "",
        "language": "",
        "tagged": False,
        "text_length": 0,
    }


# -- The sandbox


def test_whatever_uses_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY", 1)
    content = samples.picture()

    # The limit is read by the process itself, so it is lowered where it is run.
    command = f"import kunskapsbank.uploads.sandbox as s; s.MEMORY = {20_000_000}; "
    monkeypatch.setattr(sandbox, "START", ["-c", command + "s.main()"])

    with pytest.raises(Refused, match="too_heavy"):
        sandbox.run("image", content)


def test_one_file_at_a_time_is_looked_at(monkeypatch):
    monkeypatch.setattr(sandbox, "WAIT_SECONDS", 0.01)
    content = samples.picture()

    with sandbox._turn(), pytest.raises(Refused, match="busy"):
        sandbox.run("image", content)

    sandbox.run("image", content)


def test_whatever_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "START", ["-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.5)

    with pytest.raises(Refused, match="too_heavy"):
        sandbox.run("image", samples.picture())


def test_the_sandbox_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    code = (
        "import json, os; print(json.dumps({'facts': dict(os.environ), 'sizes': []}))"
    )
    monkeypatch.setattr(sandbox, "START", ["-c", code])

    facts, _ = sandbox.run("image", b"")

    assert "SECRET_KEY" not in facts


# -- Names


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("bänk vid stranden.PNG", "bänk vid stranden.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("..\\..\\win.ini.png", "win.ini.png"),
        ("a\x00b.png", "ab.png"),
        ("faktura\u202egnp.exe.png", "fakturagnp.exe.png"),
        ('"; drop=1.png', "drop=1.png"),
        ("rad\r\nSet-Cookie: x.png", "rad Set-Cookie x.png"),
        (".png", "fil.png"),
        ("....png", "fil.png"),
        ("a\u030arsplan.png", "årsplan.png"),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(given, shown):
    assert names.cleaned(given, "png") == (shown, False)


@pytest.mark.trust("R39")
def test_a_long_name_is_shortened_and_keeps_its_end():
    name, was_shortened = names.cleaned("ö" * 300 + ".png", "webp")

    assert (len(name), name[-6:], was_shortened) == (names.MAX_NAME, "ö.webp", True)


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (212_400, "212 kB"), (1_800_000, "1,8 MB"), (5_000_001, "5,1 MB")],
)
def test_sizes_are_told_as_people_say_them(size, words):
    assert checks.in_words(size) == words
