"""A process is killed in the middle of what it does: all of it is there, or nothing
(trust R16, R24)."""

import os
import signal
import socket
import threading
from itertools import count
from urllib.parse import urlencode

import pytest

from tests.faults import databases
from tests.faults.site import TOKEN
from tests.kunskapsbank import samples

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def prepared(site):
    return site.run("inside.prepare(5)")


@pytest.fixture(scope="module")
def served(site):
    with site.served() as running:
        yield running


@pytest.mark.trust("R16")
def test_killed_after_any_write_a_text_is_handed_in_whole_or_not_at_all(site, prepared):
    pk = prepared["drafts"][0]["pk"]

    for number in count(1):
        if not site.run(f"inside.die_submitting({prepared}, {number})"):
            break
        assert site.run(f"inside.wholeness({pk})") in {"nothing", "whole"}, number

    assert number > 5
    assert site.run(f"inside.wholeness({pk})") == "whole"


@pytest.mark.trust("R16")
def test_killed_after_any_write_a_file_is_added_whole_or_not_at_all(site, prepared):
    pk = prepared["drafts"][1]["pk"]

    for number in count(1):
        if not site.run(f"inside.die_uploading({prepared}, {number}, 1)"):
            break
        found = site.run(f"inside.files({pk})")
        assert (found["rows"], found["attached"]) in {(0, 0), (1, 1)}, number
        assert found["all_there"], number

    assert number > 2
    assert found["strays"]  # which the nightly sweep is for
    rows, names = site.run("inside.sweep_as_tomorrow()")
    assert (rows, names) == (1, 2)  # the picture and its thumbnail


@pytest.mark.trust("R16")
def test_a_killed_worker_is_replaced_and_its_post_can_be_sent_again(served, prepared):
    draft, session = prepared["drafts"][2], prepared["session"]
    (before,) = served.workers()
    outcome = []

    def send():
        try:
            outcome.append(served.submit(draft, session).status)
        except OSError as cut:
            outcome.append(type(cut).__name__)

    with databases.locked(served.url):
        waiting = threading.Thread(target=send)
        waiting.start()
        served.wait_for(lambda: _is_at_work(before) or outcome)
        os.kill(before, signal.SIGKILL)
        waiting.join()
    served.wait_for(lambda: served.workers() not in ([], [before]))
    served.wait_for(lambda: served.submit(draft, session).status == 302)

    assert outcome[0] != 302
    assert served.run(f"inside.wholeness({draft['pk']})") == "whole"


def _is_at_work(pid):
    """Whether the process has a request in hand: a connection is open to it."""
    folder = f"/proc/{pid}/fd"
    links = [os.readlink(f"{folder}/{each}") for each in os.listdir(folder)]
    return sum("socket" in each for each in links) > 1


@pytest.mark.trust("R24")
def test_an_upload_that_is_cut_leaves_nothing(served, prepared):
    pk, session = prepared["drafts"][3]["pk"], prepared["session"]
    kept = databases.kept_in(served.folder)
    before = served.run(f"inside.files({pk})")
    request, refused = _upload(served, pk, session), []
    ends = request.index(b"\r\n\r\n") + 4

    for length in (ends, ends + 80, len(request) // 2, len(request) - 1):
        with socket.create_connection(("127.0.0.1", served.port)) as link:
            link.sendall(request[:length])
            link.shutdown(socket.SHUT_WR)
            refused.append(link.recv(12))  # when it has made of it what it would
    cut = served.run(f"inside.files({pk})"), databases.kept_in(served.folder)
    with socket.create_connection(("127.0.0.1", served.port)) as link:
        link.sendall(request)
        answer = link.recv(20)

    assert refused == [b"HTTP/1.1 403"] * 4
    assert cut == (before, kept)
    assert answer.startswith(b"HTTP/1.1 302")
    after = served.run(f"inside.files({pk})")
    assert after["attached"] == before["attached"] + 1


@pytest.mark.trust("R24")
def test_a_text_that_is_cut_is_not_saved(served, prepared):
    draft, session = prepared["drafts"][4], prepared["session"]
    before = served.run(f"inside.saved({draft['pk']})")
    fields = {"step": "beratta", "tab": "a", "sequence": 1, "lock": draft["lock"]}
    form = urlencode(fields | {"changed": "summary", "summary": "Hela texten"})
    request = (
        f"POST /bidra/{draft['pk']}/spara/ HTTP/1.1\r\n"
        f"Host: localhost:{served.port}\r\nOrigin: http://localhost:{served.port}\r\n"
        f"Cookie: session={session}; csrf={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Content-Length: {len(form)}\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
    ).encode()

    answers = []
    for cut in (6, 0):
        with socket.create_connection(("127.0.0.1", served.port)) as link:
            link.sendall(request[: len(request) - cut])
            if cut:
                link.shutdown(socket.SHUT_WR)
            answers.append(link.recv(12))
            after = served.run(f"inside.saved({draft['pk']})")
            assert (after == before) == bool(cut)

    assert answers == [b"HTTP/1.1 400", b"HTTP/1.1 200"]
    assert after == "Hela texten"


def _upload(served, pk, session):
    """The bytes with which a browser adds a picture to a draft."""
    form = b"".join(
        b'--part\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % each
        for each in (
            (b"csrfmiddlewaretoken", TOKEN.encode()),
            (b'file"; filename="b.png', samples.picture(400, 300)),
        )
    )
    form += b"--part--\r\n"
    head = (
        f"POST /bidra/{pk}/filer/ HTTP/1.1\r\nHost: localhost:{served.port}\r\n"
        f"Origin: http://localhost:{served.port}\r\n"
        f"Cookie: session={session}; csrf={TOKEN}\r\nContent-Length: {len(form)}\r\n"
        "Content-Type: multipart/form-data; boundary=part\r\n\r\n"
    )
    return head.encode() + form
