"""The cache and the file store, each a process of its own."""

import shutil
import sys
from pathlib import Path

from tests.rehearse.ground import Failed, Running, free_port, listens, wait_until

BUCKET = "livskvalitet"
KEY = "made-up-for-the-rehearsal"


def start_cache(folder: Path) -> tuple[Running, str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise Failed("redis-server is missing: apt install redis-server")
    port = free_port()
    options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    running = Running("cache", [program, *options], folder)
    wait_until(lambda: listens(port), "the cache answers")
    return running, f"redis://127.0.0.1:{port}/0"


def start_files(folder: Path) -> tuple[Running, dict[str, str]]:
    """A store in S3's form; gives what the site is told of it."""
    port = free_port()
    program = Path(sys.executable).with_name("moto_server")
    running = Running("files", [program, "-H", "127.0.0.1", "-p", port], folder)
    wait_until(lambda: listens(port), "the file store answers")
    told = {
        "S3_BUCKET": BUCKET,
        "S3_ENDPOINT": f"http://127.0.0.1:{port}",
        "S3_ACCESS_KEY": KEY,
        "S3_SECRET_KEY": KEY,
        "S3_REGION": "eu-north-1",
    }
    bucket_of(told).create(
        CreateBucketConfiguration={"LocationConstraint": told["S3_REGION"]}
    )
    return running, told


def bucket_of(told: dict[str, str]):
    import boto3

    store = boto3.resource(
        "s3",
        endpoint_url=told["S3_ENDPOINT"],
        aws_access_key_id=told["S3_ACCESS_KEY"],
        aws_secret_access_key=told["S3_SECRET_KEY"],
        region_name=told["S3_REGION"],
    )
    return store.Bucket(told["S3_BUCKET"])
