"""Texts that people send to see what breaks, and what would show that it did.

Whatever would act calls or names PROBE, so that a test can tell text from markup.
"""

import html5lib

PROBE = "hostileprobe"
# Short enough for a title.
SHORT = [
    f"<script>{PROBE}()</script>",
    f'"><img src=x onerror={PROBE}()>',
    f"' onmouseover='{PROBE}()' x='",
    f"</title></textarea></script><svg onload={PROBE}()>",
    f"[läs](javascript:{PROBE}()) <javascript:{PROBE}()>",
    "{{ 1|add:6999 }}{% now 'Y' %}${6999+1}#{6999+1}",
    f'=HYPERLINK("http://{PROBE}.example.se","x")',
    f"+cmd|' /C {PROBE}'!A0",
    f"-2+3+cmd|' /C {PROBE}'!A0",
    f"@SUM(1+1)*cmd|' /C {PROBE}'!A0",
    f"\t=1+1;{PROBE}",
    f"rad\r\nBcc: {PROBE}@example.se\r\n\r\nny",
    f"rad\n2026-01-01 ERROR {PROBE} forged",
    f"x]]></title><entry>{PROBE}</entry><![CDATA[",
    f"<!--{PROBE}--><!DOCTYPE x [<!ENTITY e '{PROBE}'>]>&e;",
    f'","{PROBE}":true,"x":"\\u0022}}\u2028\u2029</script>',
    f"'; DROP TABLE kunskapsbank_version; --{PROBE}",
    f"\u202e{PROBE}\u202c \u2066fel\u2069 \ufeff\u200b",
    f"\x0b\x0c\x1b[31m{PROBE}\x7f\ufffe\uffff",
    f"../../../etc/passwd%00{PROBE}%0d%0a",
    f"\\input{{{PROBE}}}%n%s$(id)`id`",
    "\U0001f333\u0301" * 40,
]
LONG = "\n\n".join(SHORT) + "\n\n" + "W" * 3000
_RUNS = ("javascript:", "data:", "vbscript:")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def faults_of_page(html):
    """What in a page came to life."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        tag = element.tag.rpartition("}")[2]
        is_data = element.get("type") in {"application/ld+json", "application/json"}
        if tag in {"script", "style"} and not is_data and PROBE in (element.text or ""):
            yield f"<{tag}> holds it"
        yield from _faults_of_attributes(tag, element.items())
    if "7000" in html:
        yield "a template was run"


def _faults_of_attributes(tag, attributes):
    for name, value in attributes:
        address = "".join(value.split()).casefold()
        leads = name in {"href", "src", "action", "formaction"}
        if (
            name.startswith("on")
            or PROBE in name
            or (leads and address.startswith(_RUNS))
        ):
            yield f"<{tag} {name}={value!r}>"


def formulas(rows):
    """Cells that a spreadsheet would run."""
    for row in rows:
        for cell in row:
            text = "" if cell is None else str(cell)
            if text.startswith(_FORMULA) and not _is_number(text):
                yield text


def _is_number(text):
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
