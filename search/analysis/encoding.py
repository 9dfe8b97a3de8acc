"""Terms as plain ASCII tokens, which every engine takes as they are.

No two terms give the same token. The letter z escapes: za, zb and zc are å, ä and ö,
zz is z, and zx begins the number of any other letter.
"""

_SHORT = {"z": "zz", "å": "za", "ä": "zb", "ö": "zc"}
# What stands where no term does; never the token of a term.
FILLER = "zy"


def encode(term: str) -> str:
    """The token of `term`: only a–z and 0–9, never empty."""
    if term.isascii() and "z" not in term and term.isalnum() and term.islower():
        return term
    return "".join(map(_encoded, term)) or FILLER


def facet_token(group: str, value: str) -> str:
    """The token that says that a document has `value` in the facet `group`."""
    return f"{encode(group)}{FILLER}{encode(value)}"


def _encoded(letter):
    if letter in _SHORT:
        return _SHORT[letter]
    if letter.isascii() and (letter.islower() or letter.isdigit()):
        return letter
    return f"zx{ord(letter):x}zx"
