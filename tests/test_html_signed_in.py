"""The pages of those who are signed in are as sound as the public ones (trust D1-D6).

A walk from each person's first pages, over contributions in every state; what each form
answers when it is sent empty is looked at too.
"""

import pytest
from django.db import transaction

from tests import html_tree, signed_in, write_trap
from tests.signed_in import STARTS, internal, walk
from tests.test_html import faults_of

pytestmark = pytest.mark.pages


@pytest.fixture
def people(db):
    return signed_in.people()


def sent_empty(client, address, tree):
    """What the forms of a page answer to nothing; nothing is kept of it."""
    for form in tree.all("form"):
        if form["method"] != "post":
            continue
        target = internal(form["action"] or address, address)
        if target and "logga-ut" not in target:
            with transaction.atomic():
                yield f"POST {target}", client.post(target)
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", STARTS)
def test_pages_and_their_errors_are_without_faults(client, people, role):
    client.force_login(people[role])
    found, sent = {}, 0

    with write_trap.caught() as written:
        met = walk(client, STARTS[role])
    for address, response in met.items():
        if response.status_code != 200:
            if response.status_code not in {301, 302}:
                found[address] = response.status_code
            continue
        body = response.content.decode()
        if faults := faults_of(body):
            found[address] = faults
        for name, answer in sent_empty(client, address, html_tree.read(body)[0]):
            sent += 1
            faults = faults_of_answer(answer)
            if faults:
                found[name] = faults

    assert len(met) > 40
    assert sent > 20
    assert found == {}
    assert written == []


def faults_of_answer(response):
    if response.status_code >= 500:
        return response.status_code
    if response.status_code in {301, 302}:
        return []
    body = response.content.decode()
    faults = faults_of(body)
    tree, _ = html_tree.read(body)
    told = any(each["class"] == "error-summary" for each in tree.walk())
    if told and not tree.all("title")[0].text.startswith("Fel: "):
        faults.append("an error without Fel: in the title")
    return faults
