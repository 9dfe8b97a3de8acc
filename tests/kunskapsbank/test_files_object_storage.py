"""Files in a store in S3's form are kept, read and removed as on a disk."""

import pytest
from moto import mock_aws

from kunskapsbank.uploads import storage
from livskvalitet.environment import Environment
from tests.rehearse.stores import KEY, bucket_of

TOLD = {
    "S3_BUCKET": "livskvalitet",
    "S3_ENDPOINT": "https://s3.eu-north-1.amazonaws.com",
    "S3_ACCESS_KEY": KEY,
    "S3_SECRET_KEY": KEY,
    "S3_REGION": "eu-north-1",
}


@pytest.fixture
def store(settings, monkeypatch):
    for name, value in TOLD.items():
        monkeypatch.setenv(name, value)
    media = Environment().media("unused")
    settings.STORAGES = {**settings.STORAGES, "default": media}
    with mock_aws():
        where = {"LocationConstraint": TOLD["S3_REGION"]}
        bucket = bucket_of(TOLD)
        bucket.create(CreateBucketConfiguration=where)
        yield bucket


def test_a_file_is_kept_under_a_random_name_read_and_removed(store):
    name = storage.keep(b"made up")

    assert name.startswith("bilagor/")
    assert list(storage.names()) == [name]
    assert storage.read(name) == b"made up"

    storage.remove(name)

    assert not storage.exists(name)
    with pytest.raises(FileNotFoundError):
        storage.read(name)


def test_a_store_that_refuses_is_as_a_disk_that_is_full(store):
    store.delete()

    with pytest.raises(OSError, match="file store"):
        storage.keep(b"made up")
