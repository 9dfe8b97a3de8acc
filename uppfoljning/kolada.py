"""Asking Kolada's API v3 for values, and making sure that the answer is what it says.

Addresses and fields are as Kolada documents them (https://www.kolada.se/om-oss/api/):
at most 25 ids in a part of the address and 5 000 rows on a page, `next_url` until it is
null, `from_date` for what has changed since a day. Nothing here writes.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import pydantic
import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from uppfoljning.exceptions import indicators as exceptions

MOST_PLACES = 25
ROWS_PER_PAGE = 5000
MOST_PAGES = 100
MOST_BYTES = 30_000_000
CONNECT_SECONDS, READ_SECONDS = 5, 30
WHOLE_ANSWER_SECONDS = 120
CHUNK = 65_536
PLACES = Decimal("0.000001")
# Waits of 1, 2 and 4 seconds, or as long as the server asks for within reason.
TRIES, BACKOFF_SECONDS, LONGEST_WAIT = 3, 1, 60
BUSY = (429, 500, 502, 503, 504)


class _Value(pydantic.BaseModel):
    gender: Literal["T", "K", "M"]
    value: Decimal | None = pydantic.Field(max_digits=30)
    status: str | None = ""
    isdeleted: bool = False


class _Row(pydantic.BaseModel):
    kpi: str
    municipality: str
    period: int = pydantic.Field(ge=1900, le=2100)
    values: list[_Value]


class _Page(pydantic.BaseModel):
    values: list[_Row]
    next_url: str | None


class _Known(pydantic.BaseModel):
    """What is needed of an answer about the indicators themselves."""

    values: list[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """One value; `value` is None where Kolada has none, and `status` says why."""

    place: str
    year: int
    gender: str
    value: Decimal | None
    status: str = ""


@dataclass(frozen=True)
class Marks:
    """What Kolada wants to be asked with, to answer only if something has changed."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True)
class Answer:
    """`is_unchanged` when Kolada says that all is as it was, without any readings."""

    readings: list[Reading] = field(default_factory=list)
    marks: Marks = Marks()
    is_unchanged: bool = False


def address_of(kolada_id: str, places: Sequence[str]) -> str:
    """Where the values of an indicator are, for at most MOST_PLACES places."""
    codes = ",".join(places)
    return f"{settings.KOLADA_ADDRESS}/data/kpi/{kolada_id}/municipality/{codes}"


class Kolada:
    """Values from Kolada, one indicator at a time, over one line."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = (
            f"LivskvalitetHelsingborg-nyckeltal/1.0 (+{settings.SITE_ADDRESS}/om/)"
        )
        retry = Retry(
            total=TRIES,
            backoff_factor=BACKOFF_SECONDS,
            status_forcelist=BUSY,
            allowed_methods={"GET"},
            raise_on_status=False,
            retry_after_max=LONGEST_WAIT,
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def readings(
        self,
        kolada_id: str,
        places: Sequence[str],
        *,
        since: date | None = None,
        marks: Marks = Marks(),
    ) -> Answer:
        """All values, or those that have changed `since`; raises KoladaFault.

        With `marks` of the answer before, Kolada may say that nothing has changed.
        """
        readings: dict[tuple, Reading] = {}
        given = Marks()
        for start in range(0, len(places), MOST_PLACES):
            part = places[start : start + MOST_PLACES]
            address = _asking(address_of(kolada_id, part), since)
            is_whole = len(part) == len(places)
            answer = self._pages(address, marks if is_whole else Marks())
            if answer is None:
                return Answer(marks=marks, is_unchanged=True)
            pages, given = answer
            for reading in _readings(pages, kolada_id, part):
                readings[reading.place, reading.year, reading.gender] = reading
        if not readings and since is None:
            self._check_that_it_exists(kolada_id)
        is_one_page = len(places) <= MOST_PLACES and len(pages) == 1
        return Answer(list(readings.values()), given if is_one_page else Marks())

    def _pages(self, address: str, marks: Marks) -> tuple[list[_Page], Marks] | None:
        """All pages from `address` on, and the first one's marks; None if unchanged."""
        pages: list[_Page] = []
        given = Marks()
        onward: str | None = address
        while onward:
            if len(pages) == MOST_PAGES or not _is_same_site(onward, address):
                raise _odd("Sidorna i svaret hänger inte ihop")
            response, body = self._get(onward, Marks() if pages else marks)
            if response.status_code == requests.codes.not_modified:
                return None
            given = given or _marks(response)
            pages.append(_checked(_Page, body))
            onward = pages[-1].next_url
        return pages, given

    def _check_that_it_exists(self, kolada_id: str) -> None:
        _, body = self._get(f"{settings.KOLADA_ADDRESS}/kpi/{kolada_id}", Marks())
        if not _checked(_Known, body).values:
            raise exceptions.UnknownIndicator(kolada_id)

    def _get(self, address: str, marks: Marks) -> tuple[requests.Response, Any]:
        """The response and its JSON; raises KoladaFault."""
        headers = {
            "If-None-Match": marks.etag,
            "If-Modified-Since": marks.last_modified,
        }
        try:
            response = self._session.get(
                address,
                headers={name: value for name, value in headers.items() if value},
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                stream=True,
            )
            with response:
                body = _body(response)
        except (
            requests.exceptions.ChunkedEncodingError,
            requests.exceptions.ContentDecodingError,
        ) as fault:
            raise exceptions.BrokenOff(address) from fault
        except requests.RequestException as fault:
            raise exceptions.NoAnswer(address) from fault
        _check_status(response, address)
        return response, body


def _asking(address: str, since: date | None) -> str:
    wanted = {"per_page": str(ROWS_PER_PAGE)}
    if since:
        wanted["from_date"] = since.isoformat()
    return f"{address}?{urlencode(wanted)}"


def _is_same_site(onward: str, address: str) -> bool:
    """Whether the answer leads on to Kolada itself, and not to what only we can see."""
    wanted, own = urlsplit(onward), urlsplit(address)
    return (wanted.scheme, wanted.netloc) == (own.scheme, own.netloc)


def _body(response: requests.Response) -> bytes:
    """What was sent, unless it is too much or takes too long."""
    deadline = time.monotonic() + WHOLE_ANSWER_SECONDS
    received = bytearray()
    for chunk in response.iter_content(CHUNK):
        received += chunk
        if len(received) > MOST_BYTES:
            raise _odd("Svaret är för stort")
        if time.monotonic() > deadline:
            raise exceptions.NoAnswer(response.url)
    return bytes(received)


def _check_status(response: requests.Response, address: str) -> None:
    status = response.status_code
    if status == requests.codes.not_found:
        raise exceptions.UnknownIndicator(address)
    if status not in {requests.codes.ok, requests.codes.not_modified}:
        raise exceptions.Refused(
            address,
            user_message=(
                f"Kolada svarade med felkod {status}. Inget är ändrat. Försök igen "
                "om en stund."
            ),
        )


def _marks(response: requests.Response) -> Marks:
    found = response.headers
    return Marks(found.get("ETag", "")[:200], found.get("Last-Modified", "")[:100])


def _checked(shape: type[pydantic.BaseModel], body: bytes) -> Any:
    """The answer in its documented shape; raises KoladaFault."""
    try:
        return shape.model_validate(json.loads(body, parse_float=Decimal))
    except pydantic.ValidationError as fault:
        first = fault.errors()[0]
        if first["loc"] and first["loc"][-1] == "gender":
            raise exceptions.MissingGender(first["loc"]) from fault
        place = ".".join(map(str, first["loc"])) or "svaret"
        raise _odd(f"”{place}” är inte som Kolada beskriver det") from fault
    except ValueError as fault:
        raise exceptions.BrokenOff() from fault


def _odd(what: str) -> exceptions.AnotherShape:
    return exceptions.AnotherShape(
        what,
        user_message=(
            f"{what}. Inget är ändrat. Kontrollera om Kolada har ändrat sitt format."
        ),
    )


def _readings(
    pages: list[_Page], kolada_id: str, places: Sequence[str]
) -> Iterator[Reading]:
    for row in (row for page in pages for row in page.values):
        if row.kpi != kolada_id or row.municipality not in places:
            raise _odd("Svaret gäller något annat än det vi frågade efter")
        for value in row.values:
            yield _reading(row, value)


def _reading(row: _Row, value: _Value) -> Reading:
    number = value.value if not value.isdeleted else None
    status = "Deleted" if value.isdeleted else (value.status or "").strip()
    return Reading(
        row.municipality,
        row.period,
        value.gender,
        None if number is None else _kept(number),
        status[:40],
    )


def _kept(number: Decimal) -> Decimal:
    """As the database keeps it."""
    if abs(number) >= Decimal(10) ** 14:
        raise _odd(f"Värdet {number} är orimligt stort")
    return number.quantize(PLACES)
