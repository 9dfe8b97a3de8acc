"""What is written is read back, and nothing else is ever taken for it (trust R31)."""

import io
import random
import tarfile
from itertools import pairwise

import pytest

from livskvalitet.backup import archive, sealing
from livskvalitet.backup.faults import ArchiveBroken, BackupFault, WrongKey

KEY = "k" * 40
MANIFEST = archive.Manifest("2026-01-02T03:04:05+00:00", "r1", "sqlite", [], {}, [])


def write(path, key, size=2 * sealing.CHUNK + 9):
    """An archive of a database and a file, with content that cannot be compressed."""
    noise = random.Random(1).randbytes(size)
    with path.open("wb") as file:
        writer = archive.Writer(file, key)
        writer.add("database", io.BytesIO(noise), len(noise))
        writer.add("media/bilagor/a", io.BytesIO(b"fil"), 3)
        writer.finish(MANIFEST)
    return path


@pytest.fixture(scope="module", params=["", KEY], ids=["clear", "sealed"])
def key(request):
    return request.param


@pytest.fixture(scope="module")
def whole(key, tmp_path_factory):
    return write(tmp_path_factory.mktemp("whole") / "a", key)


def changed(whole, tmp_path, content):
    path = tmp_path / "changed"
    path.write_bytes(content)
    return path


def test_archive_is_read_as_it_was_written(whole, key):
    taken = {}

    manifest = archive.read(
        whole, key, lambda name, part: taken.update({name: part.read()})
    )

    assert (manifest.release, manifest.media) == ("r1", ["bilagor/a"])
    assert taken["media/bilagor/a"] == b"fil"
    assert len(taken["database"]) == manifest.parts["database"][0]


@pytest.mark.trust("R31")
def test_truncated_archive_is_refused_wherever_it_ends(whole, key, tmp_path):
    content = whole.read_bytes()

    for end in [0, 1, 30, len(content) // 2, len(content) - 9, len(content) - 1]:
        with pytest.raises(BackupFault):
            archive.read(changed(whole, tmp_path, content[:end]), key)


@pytest.mark.trust("R31")
def test_one_changed_byte_is_refused_wherever_it_is(whole, key, tmp_path):
    content = whole.read_bytes()
    # The head of a gzip file holds a time and a system, which mean nothing.
    for place in [*range(10, 130, 7), *range(130, len(content), len(content) // 15)]:
        other = bytearray(content)
        other[place] ^= 1
        with pytest.raises(BackupFault):
            archive.read(changed(whole, tmp_path, bytes(other)), key)


def test_something_added_at_the_end_is_refused(whole, key, tmp_path):
    with pytest.raises(ArchiveBroken):
        archive.read(changed(whole, tmp_path, whole.read_bytes() + b"mer"), key)


@pytest.fixture(scope="module")
def chunks():
    """What a sealed file is made of: its head, and three chunks."""
    file = io.BytesIO()
    writer = sealing.SealedWriter(file, KEY)
    writer.write(bytes(2 * sealing.CHUNK + 9))
    writer.close()
    content = file.getvalue()
    head = len(sealing.MAGIC) + 48
    places = [head, *(head + number * (sealing.CHUNK + 20) for number in (1, 2)), None]
    return [content[:head], *(content[a:b] for a, b in pairwise(places))]


@pytest.mark.parametrize("order", ["0123", "012", "01", "0213", "013", "01233", "0"])
def test_chunks_that_are_gone_moved_or_added_are_refused(order, chunks):
    """Whatever is in them: gzip and the manifest are not asked here."""
    file = io.BufferedReader(io.BytesIO(b"".join(chunks[int(each)] for each in order)))

    if order == "0123":
        assert len(sealing.SealedReader(file, KEY).read()) == 2 * sealing.CHUNK + 9
        return
    with pytest.raises(ArchiveBroken):
        sealing.SealedReader(file, KEY).read()


def test_part_that_is_not_what_the_manifest_says_is_refused(tmp_path):
    """Whole in all else, as an archive that somebody has put together."""
    path = tmp_path / "a"
    with path.open("wb") as file:
        writer = archive.Writer(file, "")
        writer.add("database", io.BytesIO(b"annat"), 5)
        writer._parts["database"] = (5, "0" * 64)
        writer.finish(MANIFEST)

    with pytest.raises(ArchiveBroken, match="changed: database"):
        archive.read(path, "")


def test_key_must_be_the_one_that_encrypted(tmp_path):
    sealed, clear = write(tmp_path / "a", KEY, 10), write(tmp_path / "b", "", 10)

    for path, key in [(sealed, "x" * 40), (sealed, ""), (clear, KEY)]:
        with pytest.raises(WrongKey):
            archive.read(path, key)
    assert b"fil" not in sealed.read_bytes()


@pytest.mark.parametrize(
    "parts",
    [{}, {"database": b"x"}, {"../../etc/x": b"x"}],
    ids=lambda each: str([*each]),
)
def test_foreign_archive_is_refused(parts, tmp_path):
    path = tmp_path / "foreign.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in parts.items():
            part = tarfile.TarInfo(name)
            part.size = len(content)
            tar.addfile(part, io.BytesIO(content))

    with pytest.raises(ArchiveBroken, match="no backup of this site"):
        archive.read(path, "")


def test_fault_of_whoever_takes_is_not_laid_on_the_archive(whole, key):
    def full(name, part):
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        archive.read(whole, key, full)
