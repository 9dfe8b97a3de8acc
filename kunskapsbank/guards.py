"""What keeps machines from filling the forms that need no account (trust 2.4.1).

No CAPTCHA: a field that people do not see, the time it takes to write, and how much has
come from the same network and from all of them. None of it ever loses a text.
"""

import ipaddress
import uuid

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

SALT = "kunskapsbank.guards"
# Nobody reads a form and writes something in it faster than this.
MIN_SECONDS = 3
IPV4_NETWORK, IPV6_NETWORK = 24, 56


def new_stamp(*, is_second_time: bool = False) -> str:
    """When a form was first shown, and a number of its own, signed. A form that is
    shown again may be sent at once."""
    shown = 0 if is_second_time else timezone.now().timestamp()
    return signing.dumps([shown, uuid.uuid4().hex], salt=SALT)


def read_stamp(stamp: str) -> tuple[float, str] | None:
    """The seconds since the form was shown and its own number; None if not ours."""
    try:
        shown, number = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None
    return timezone.now().timestamp() - shown, number


def key_of(number: str, content: str) -> uuid.UUID:
    """The same for one form with the same words in it, however often it is sent."""
    return uuid.uuid5(uuid.UUID(number), content)


def network_of(address: str) -> str:
    """A keyed hash of the network that an address is in, another each day."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    # As a server that listens for both kinds says of an IPv4 address.
    found = getattr(found, "ipv4_mapped", None) or found
    bits = IPV4_NETWORK if found.version == 4 else IPV6_NETWORK
    network = ipaddress.ip_network(f"{found}/{bits}", strict=False)
    return salted_hmac(SALT, f"{localdate()} {network}", algorithm="sha256").hexdigest()
