"""What is said of the files of a text, in which order they stand, and new ones in the
place of old."""

import pytest

from kunskapsbank.enums import People
from kunskapsbank.workflow import attachments
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def attach(version, name="bild.png", content=None):
    upload = samples.upload(name, content)
    return attachments.attach(version, by=version.author, upload=upload)


def described(version, **values):
    made = attach(version, **values)
    return attachments.describe(
        made, by=version.author, alt="En bänk", people=People.NOBODY
    )


def test_a_replaced_picture_keeps_its_place_and_description():
    version = stories.draft()
    first = described(version)
    described(version, content=samples.picture(color="red"))

    upload = samples.upload("ny.png", samples.picture(color="blue"))
    attachments.replace(first, by=version.author, upload=upload)

    names = [(each.name, each.alt) for each in version.attachments.all()]
    assert names == [("ny.webp", "En bänk"), ("bild.webp", "En bänk")]


def test_who_is_in_another_picture_is_asked_again():
    version = stories.draft()
    first = described(version)
    by = version.author
    attachments.describe(
        first, by=by, alt="En bänk", people=People.INFORMED, shows_children=True
    )

    upload = samples.upload("ny.png", samples.picture(color="blue"))
    again = attachments.replace(first, by=by, upload=upload)

    assert (again.people, again.shows_children) == ("", False)
    assert not again.is_described


def test_what_was_said_of_a_picture_is_not_said_of_a_document():
    version = stories.draft()
    first = described(version)

    upload = samples.upload("plan.pdf", samples.document())
    again = attachments.replace(first, by=version.author, upload=upload)

    assert (again.alt, again.name) == ("", "plan.pdf")


def test_files_are_put_in_order():
    version = stories.draft()
    one, two, three = (
        attach(version, f"{color}.png", samples.picture(color=color))
        for color in ("red", "green", "blue")
    )

    attachments.reorder(three, by=version.author, steps=-1)
    attachments.reorder(one, by=version.author, steps=-1)

    assert list(version.attachments.all()) == [one, three, two]


def test_a_picture_that_is_decoration_says_nothing():
    made = attach(stories.draft())

    made = attachments.describe(
        made, by=made.version.author, alt="En bänk", is_decorative=True
    )

    assert (made.alt, made.is_decorative) == ("", True)


def test_removing_twice_is_no_fault():
    made = attach(stories.draft())

    attachments.detach(made, by=made.version.author)
    attachments.detach(made, by=made.version.author)

    assert made.version.attachments.count() == 0
