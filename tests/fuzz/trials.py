"""One thing that is sent, and how hypothesis draws it: mostly what a page would send, with something in it that no page sends."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from hypothesis import strategies as st

from tests.fuzz.targets import ROLES, Target

FORM, JSON, MULTIPART, RAW = "form", "json", "multipart", "raw"
BOUNDARY = "grenze"
HOOKS: list[dict[str, str]] = [
    {}, {}, {}, {"HX-Request": "true"}, {"X-Part": "1"}, {"HX-Request": "true", "HX-Boosted": "true"}, {"If-None-Match": '"\xff"'},
    {"Accept-Language": "x" * 300}, {"Range": "bytes=5-1"}, {"Referer": "http://["}, {"HX-Current-URL": "http://["},
]  # fmt: skip
NASTY = [
    b"", b"0", b"-1", b"1", b"a\0b", b"a\xed\xa0\x80b", b"\xff\xfe", "a\u202eb".encode(), b"a\x1bb", b"NaN", b"1e400", b"-Infinity", b"1e5",
    b"9" * 5000, b"9" * 19, b"2147483648", b"-9223372036854775809", "٣١".encode(), "²".encode(), "۰".encode(), b"x" * 20_000, b" " * 300,
    b"<script>alert(1)</script>{{ 1 }}{% debug %}", b'{"a": [' + b"[" * 500, b"00000000-0000-0000-0000-000000000000", b"0001-01-01",
    b"9999-12-31", b"2026-02-30", b"10000-01-01", b"24:00", b"23:59", b"1,5", b"1.5", b"1,000,000.00", b"'; DROP TABLE x; --", b"%s%n%(a)s",
    b"../../etc/passwd", b"=1+1", "İıẞ\u200c".encode(), b"true", b"on", b"null", b"None", b"[]", b"a,b,,", b"a\r\nb", "😀".encode() * 50,
]  # fmt: skip
_texts = st.text(st.characters(codec=None), max_size=40).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
_numbers = st.integers(-(2**70), 2**70).map(lambda number: str(number).encode())
_dates = st.dates().map(lambda day: day.isoformat().encode())
_moments = st.datetimes().map(lambda moment: moment.isoformat().encode())
VALUES = st.one_of(
    st.sampled_from(NASTY),
    _texts,
    _numbers,
    _dates,
    _moments,
    st.uuids().map(lambda key: str(key).encode()),
    st.binary(max_size=30),
)
_leaves: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.just(10**400), st.floats(), st.text(st.characters(codec=None), max_size=20),
    st.sampled_from([part.decode("utf-8", "surrogateescape") for part in NASTY]), st.just([]), st.just({}), st.just("\ud800"),
)  # fmt: skip
JSONS = st.recursive(
    _leaves, lambda part: st.one_of(st.lists(part, max_size=4), st.dictionaries(st.text(max_size=8), part, max_size=4)), max_leaves=8
)  # fmt: skip
DEEP = b'{"a":' * 100_000


@dataclass(frozen=True)
class Trial:
    """What is sent, by whom, where to."""

    target: Target
    role: str
    method: str
    path: str
    kind: str = ""
    body: bytes = b""
    hook: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        body = repr(self.body) if len(self.body) < 1500 else f"{self.body[:1500]!r}… ({len(self.body)} bytes)"
        return f"{self.role} {self.method} {self.path[:1500]} [{self.target.route}] {self.kind} {body} {dict(self.hook) or ''}"


def _chance(draw: st.DrawFn, of: int) -> bool:
    """Tell whether a chance of one in ``of`` has come true; not, in the smallest example."""
    return draw(st.integers(0, of - 1)) == of - 1


def _path(draw: st.DrawFn, target: Target) -> str:
    path = target.path
    if target.kwargs and _chance(draw, 6):
        broken = draw(st.sampled_from(sorted(target.kwargs)))
        old = quote(str(target.kwargs[broken]))
        path = path.replace(old, quote_from_bytes(draw(VALUES)[:200], safe=""), 1)
    return path


def _query(draw: st.DrawFn, target: Target) -> str:
    if not _chance(draw, 2):
        return ""
    names = draw(st.lists(st.sampled_from(sorted(target.names)), max_size=5))
    facts = [(name, draw(VALUES)[:900]) for name in names]
    if _chance(draw, 8):
        return quote_from_bytes(draw(st.binary(max_size=60)), safe="&=%+;")
    return urlencode(facts)


def _facts(draw: st.DrawFn, target: Target) -> list[tuple[str, bytes]]:
    """What the form holds, some of it changed, left out, doubled, or another choice of the same field."""
    facts = {name: [value.encode() for value in values] for name, values in target.filled.items()}
    names = sorted(target.inputs)
    changed = draw(st.lists(st.sampled_from(names), max_size=6, unique=True)) if names else []
    for name in changed:
        options = [option.encode() for option in target.inputs[name].options]
        facts[name] = draw(
            st.lists(
                st.one_of(VALUES, st.sampled_from(options)) if options else VALUES, min_size=0, max_size=2
            )
        )
    if _chance(draw, 10):
        facts[draw(st.text(max_size=10))] = [draw(VALUES)]
    return [(name, value) for name, values in facts.items() for value in values]


def _places(content: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    return [above, *(place for key, part in inner for place in _places(part, (*above, key)))]


def _replaced(content: Any, place: tuple[Any, ...], by: Any) -> Any:
    if not place:
        return by
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[place[0]] = _replaced(copy[place[0]], place[1:], by)
    return copy


def _json(draw: st.DrawFn, target: Target) -> bytes:
    if _chance(draw, 25):
        return DEEP
    if target.whole is None or _chance(draw, 8):
        content = draw(JSONS)
    else:
        content = target.whole
        for _number in range(draw(st.integers(0, 2))):
            content = _replaced(content, draw(st.sampled_from(_places(content))), draw(JSONS))
    return json.dumps(content).encode("utf-8", "surrogatepass")


def _multipart(draw: st.DrawFn, target: Target) -> bytes:
    parts = []
    for name, value in _facts(draw, target):
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode(
                "utf-8", "surrogatepass"
            )
            + value
        )
    for name, one in target.inputs.items():
        if one.kind == "file":
            content = draw(st.sampled_from(FILES) | st.binary(max_size=200))
            ending = draw(st.sampled_from(["csv", "xlsx", "json", "png", "webm", "", '\\"', "x" * 300]))
            parts.append(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a.{ending}"\r\n\r\n'.encode()
                + content
            )
    return b"\r\n".join([*parts, f"--{BOUNDARY}--\r\n".encode()])[: None if not _chance(draw, 10) else 50]


FILES = [
    b"", b"\0", b"a;b\n1;2\n", b"a,b\n\"1", b"\xff\xfea\0", b"PK\x03\x04" + b"\0" * 60, b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"RIFF\0\0\0\0WAVE",
    b"\x1aE\xdf\xa3" * 9, b'{"type": "FeatureCollection", "features": [{"geometry": {"coordinates": [NaN, 1e400]}}]}', b"[" * 5000, b"\n" * 5000,
    "Name;Straße\nÖz;Eisenbahnstraße\n".encode("cp1252"), b"a;" * 3000,
]  # fmt: skip


@st.composite
def trials(draw: st.DrawFn, targets: list[Target]) -> Trial:
    """Draw what is sent: two thirds by somebody who is admitted, by a method that the route takes."""
    target = draw(st.sampled_from(targets))
    everybody = _chance(draw, 3)
    role = draw(st.sampled_from(ROLES if everybody else sorted(target.admitted)))
    methods = (
        ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH") if _chance(draw, 12) else target.methods
    )
    method = draw(st.sampled_from(methods))
    query = _query(draw, target)
    path = _path(draw, target) + (f"?{query}" if query else "")
    hook = tuple(draw(st.sampled_from(HOOKS)).items())
    if method in ("GET", "HEAD", "OPTIONS"):
        return Trial(target, role, method, path, hook=hook)
    usual = JSON if target.whole is not None else FORM
    kind = draw(st.sampled_from([usual, usual, usual, usual, FORM, MULTIPART, JSON, RAW]))
    made = {
        FORM: lambda: urlencode(_facts(draw, target), errors="surrogatepass").encode(),
        JSON: lambda: _json(draw, target),
        MULTIPART: lambda: _multipart(draw, target),
        RAW: lambda: draw(st.binary(max_size=80)),
    }
    return Trial(target, role, method, path, kind, made[kind](), hook)
