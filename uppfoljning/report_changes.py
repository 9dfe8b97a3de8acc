"""What differs between what two reports say."""

from collections.abc import Iterable
from typing import Any

Content = dict[str, Any]


def between(before: Content, after: Content) -> Content:
    """What is new in `after`, in plain values; lists that are empty say that nothing
    is."""
    return {
        "year": before["year"],
        "title": before["title"],
        "directions": _directions(before, after),
        "white_spots_filled": _in_order(_spots(before) - _spots(after), after),
        "white_spots_new": _in_order(_spots(after) - _spots(before), after),
        "initiatives_new": _fresh(before, after),
        "initiatives_finished": _finished(before, after),
        "initiatives_gone": _fresh(after, before),
    }


def _directions(before: Content, after: Content) -> list[Content]:
    known = {each["slug"]: each for each in all_of(before, "indicators")}
    return [
        {
            "title": each["title"],
            "address": each["address"],
            "before": known[each["slug"]]["words"],
            "after": each["words"],
        }
        for each in all_of(after, "indicators")
        if each["slug"] in known
        and each["direction"] != known[each["slug"]]["direction"]
    ]


def _fresh(before: Content, after: Content) -> list[Content]:
    known = {each["slug"] for each in all_of(before, "initiatives")}
    return [
        _named(each)
        for each in all_of(after, "initiatives")
        if each["slug"] not in known
    ]


def _finished(before: Content, after: Content) -> list[Content]:
    progress = {
        each["slug"]: each["progress"] for each in all_of(before, "initiatives")
    }
    return [
        _named(each)
        for each in all_of(after, "initiatives")
        if each["progress"] == "finished"
        and progress.get(each["slug"], "finished") != "finished"
    ]


def _named(record: Content) -> Content:
    return {name: record[name] for name in ("title", "address", "organisation")}


def _spots(content: Content) -> set[str]:
    return {each["number"] for each in prioriteringar(content) if each["is_white_spot"]}


def _in_order(numbers: set[str], content: Content) -> list[Content]:
    return [
        {name: each[name] for name in ("number", "address", "text")}
        for each in prioriteringar(content)
        if each["number"] in numbers
    ]


def prioriteringar(content: Content) -> list[Content]:
    return [
        each
        for strand in content["viljeinriktningar"]
        for area in strand["fokusomraden"]
        for each in area["prioriteringar"]
    ]


def all_of(content: Content, name: str) -> Iterable[Content]:
    """Those of every viljeinriktning, each once."""
    found = {
        each.get("slug", each.get("number")): each
        for strand in content["viljeinriktningar"]
        for each in strand[name]
    }
    return found.values()
