"""Path converters of the programme's addresses."""

EDITION_SLUG = "[0-9]{4}(?:-[a-z0-9]+)*"


class EditionConverter:
    """An edition's slug starts with its year, which no viljeinriktning's does."""

    regex = EDITION_SLUG

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
