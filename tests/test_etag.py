"""Public pages are kept by browsers, asked for again, and mostly not sent twice."""

import pytest
import time_machine

from search import generation

PUBLIC = ["/", "/programmet/", "/kunskapsbank/", "/kunskapsbank/?vilja=1", "/om/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_is_kept_and_asked_for_again(client, db, address):
    response = client.get(address)

    assert response.headers["ETag"].strip('"')
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in response.headers["Vary"]


# The ways in which a browser or proxy may ask.
FORMS = ["{}", "W/{}", '"annan", {}', 'W/"annan" , W/{}', "*"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", PUBLIC)
def test_unchanged_page_is_not_sent_again(client, db, address, form):
    etag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"if-none-match": form.format(etag)})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("asked", ['"annan"', 'W/"annan"', "skräp", ""])
def test_changed_page_is_sent(client, db, asked):
    response = client.get(
        "/", headers={"if-none-match": asked.encode().decode("latin1")}
    )

    assert response.status_code == 200
    assert response.content


def test_missing_page_is_never_unchanged(client, db):
    etag = client.get("/").headers["ETag"]

    response = client.get("/finns-inte/")

    assert response.status_code == 404
    assert response.headers.get("ETag") != etag


def test_head_is_answered_like_get(client, db):
    got, headed = client.get("/"), client.head("/")

    assert headed.headers["ETag"] == got.headers["ETag"]
    assert headed.content == b""


def test_etag_changes_with_the_content(client, db):
    before = client.get("/").headers["ETag"]

    generation.touch()

    after = client.get("/", headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


def test_etag_changes_with_the_release(client, db, settings):
    before = client.get("/").headers["ETag"]

    settings.RELEASE = "next"

    assert client.get("/").headers["ETag"] != before


def test_etag_changes_at_midnight_in_sweden(client, db):
    with time_machine.travel("2026-11-23T22:30:00+00:00", tick=False):
        before = client.get("/").headers["ETag"]
    with time_machine.travel("2026-11-23T22:59:59+00:00", tick=False):
        same = client.get("/").headers["ETag"]
    with time_machine.travel("2026-11-23T23:00:00+00:00", tick=False):
        after = client.get("/").headers["ETag"]

    assert before == same != after


def test_page_for_a_reader_with_cookies_shares_no_etag(client, db):
    shared = client.get("/").headers["ETag"]
    client.cookies["session"] = "x"

    response = client.get("/", headers={"if-none-match": shared})

    assert response.status_code == 200
    assert "ETag" not in response.headers


def test_answer_to_a_post_is_not_kept(client, db):
    assert "ETag" not in client.post("/om/").headers
