"""What a file is called when it is shown; where it is kept tells nothing of this."""

import re
import unicodedata

MAX_NAME = 100
# Control and formatting characters, among them those that turn the direction of text,
# and what some system somewhere reads as part of a path or of a header.
_UNWANTED = re.compile(r'[<>:"/\\|?*%;]')


def extension_of(name: str) -> str:
    """In lower case without its dot, empty when there is none."""
    _, dot, extension = _last(name).rpartition(".")
    return extension.strip().lower() if dot else ""


def cleaned(name: str, extension: str) -> tuple[str, bool]:
    """The name to show, ending in the extension that the content has, and whether it
    was so long that it had to be shortened."""
    stem, dot, rest = _last(name).rpartition(".")
    stem = unicodedata.normalize("NFC", stem if dot else rest)
    stem = "".join(each for each in stem if not _is_hidden(each))
    stem = " ".join(_UNWANTED.sub(" ", stem).split()).strip(". ")
    room = MAX_NAME - len(extension) - 1
    return f"{stem[:room].rstrip() or 'fil'}.{extension}", len(stem) > room


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _is_hidden(character: str) -> bool:
    # A line break and a tab are controls too, but part the words.
    return unicodedata.category(character)[0] == "C" and not character.isspace()
