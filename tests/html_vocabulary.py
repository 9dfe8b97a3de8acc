"""The elements, attributes and roles that our pages are made of, and no others."""

import re

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = ("input", "select", "textarea")
LABELABLE = {*FIELDS, "button", "meter", "output", "progress"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ID_REFERENCES = (
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
    "form",
    "headers",
    "list",
)
# Elements that may hold words and other elements of this kind, but no blocks.
PHRASING_ONLY = {
    *HEADINGS,
    "abbr", "b", "button", "caption", "cite", "code", "del", "dfn", "em", "i", "ins",
    "label", "legend", "mark", "p", "pre", "q", "small", "span", "strong", "sub",
    "summary", "sup", "time",
}  # fmt: skip
HEADING_INSIDE = {"legend", "summary"}
BLOCKS = {
    *HEADINGS,
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "hr", "main", "nav", "ol", "p", "pre",
    "search", "section", "table", "ul",
}  # fmt: skip
ELEMENTS = {
    *PHRASING_ONLY, *BLOCKS, *FIELDS,
    "a", "body", "br", "dd", "dt", "figcaption", "head", "html", "img", "li", "link",
    "meta", "optgroup", "option", "script", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr",
    "circle", "clippath", "defs", "ellipse", "g", "line", "path", "pattern", "polygon",
    "polyline", "rect", "svg", "symbol", "text", "tspan", "use", "desc",
}  # fmt: skip
EVERYWHERE = {"class", "hidden", "id", "lang", "role", "tabindex"}
ARIA = {
    "aria-atomic", "aria-controls", "aria-current", "aria-describedby",
    "aria-expanded", "aria-hidden", "aria-invalid", "aria-label", "aria-labelledby",
    "aria-live",
}  # fmt: skip
ON_ELEMENT = {
    "a": {"href", "hreflang", "rel", "type", "download"},
    "blockquote": {"cite"},
    "button": {"type", "name", "value", "form", "formaction", "disabled"},
    "details": {"open", "name"},
    "fieldset": {"disabled"},
    "form": {"action", "method", "novalidate", "enctype"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {
        "type", "name", "value", "checked", "disabled", "autocomplete", "maxlength",
        "inputmode", "required", "form", "spellcheck", "autocapitalize", "accept",
        "enterkeyhint",
    },
    "label": {"for"},
    "li": {"value"},
    "link": {
        "rel", "href", "type", "sizes", "as", "crossorigin", "hreflang", "media",
        "title",
    },
    "meta": {"charset", "name", "content", "media"},
    "ol": {"start", "reversed"},
    "optgroup": {"label"},
    "option": {"value", "selected", "disabled"},
    "script": {"type", "src", "integrity"},
    "select": {"name", "form", "disabled", "multiple", "required", "autocomplete"},
    "td": {"colspan", "rowspan", "headers"},
    "textarea": {"name", "rows", "maxlength", "required", "autocomplete", "form"},
    "th": {"scope", "colspan", "rowspan", "abbr"},
    "time": {"datetime"},
}  # fmt: skip
IN_SVG = {
    "cx", "cy", "d", "fill", "fill-rule", "height", "href", "opacity", "patternunits",
    "points", "preserveaspectratio", "r", "rx", "ry", "stroke", "stroke-linecap",
    "stroke-linejoin", "stroke-width", "transform", "viewbox", "width", "x", "x1", "x2",
    "text-anchor", "xmlns", "y", "y1", "y2", "clip-path", "focusable", "dx", "dy",
    "vector-effect",
}  # fmt: skip
ROLES = {
    "alert", "doc-backlink", "doc-endnotes", "doc-noteref", "group", "img", "list",
    "note", "region", "search", "status",
}  # fmt: skip
# A name on a plain div or span is not read out.
NAMED_ONLY_WITH_ROLE = {"div", "p", "span", "strong", "em"}
PERSONAL = {"email": "email", "name": "name", "tel": "tel"}
