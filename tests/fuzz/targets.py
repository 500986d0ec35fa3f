"""What is fuzzed: every route of the URL configuration, with a record that exists, the form its pages show, and a browser for every role."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

from iqquadrat.accounts.checks import routes
from tests.access.table import EVERYBODY, Route
from tests.competence.kiosk import Pc, sit_down
from tests.fixtures.typed_forms import Input, ShownForm
from tests.test_access import ROWS
from tests.walks.forms import Sent, Walk

ANONYMOUS, KIOSK = "anonymous", "kiosk"
ROLES = (ANONYMOUS, KIOSK, *sorted(EVERYBODY))
# What pages read from their address although no form of theirs names it.
ALWAYS = frozenset(
    {"page", "size", "sort", "more", "q", "day", "client", "show", "kind", "all", "institution", "consultation", "business", "vacancy", "next", "lang", "why", "go"}
)  # fmt: skip
# Forms of pages that need no account, and of the kiosk: they are not in the walk.
TYPED: dict[str, dict[str, str]] = {
    "accounts:sign_in": {"username": "person0@example.org", "password": "x", "next": "/"},
    "accounts:set_language": {"language": "en", "next": "/"},
    "accounts:password_ask": {"email": "person0@example.org"},
    "accounts:password_confirm": {"new_password1": "noch-ein-Kennwort-2", "new_password2": "noch-ein-Kennwort-2"},
    "kiosk:welcome": {"code": "12345678", "lang": "ar"},
    "kiosk:measuring": {"measuring": "agreed"},
    "kiosk:question": {"value": "3", "status": "skipped", "choices": "yes", "go": "next", "year": "2026", "month": "1", "day": "1"},
    "kiosk:pause": {"epoch": "1"},
    "kiosk:finish": {"epoch": "1"},
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A route: where it lies, what is sent to it, and who knocks. ``whole`` is a body of JSON as its script sends it."""

    route: str
    kwargs: dict[str, Any]
    methods: tuple[str, ...]
    admitted: frozenset[str]
    inputs: dict[str, Input] = field(default_factory=dict)
    filled: dict[str, list[str]] = field(default_factory=dict)
    names: frozenset[str] = ALWAYS
    whole: Any = None
    browsers: dict[str, Client] = field(default_factory=dict, repr=False, hash=False)

    @property
    def path(self) -> str:
        return reverse(self.route, kwargs=self.kwargs)


def targets_of(walk: Walk) -> list[Target]:
    """Return one target for every route there is; whoever will knock is signed in now, because what a trial does is undone."""
    pc = sit_down()
    found = [_target(row, walk, pc) for row in sorted(ROWS, key=lambda row: row.name)]
    assert {target.route for target in found} == {route.name for route in routes()}
    return found


def _target(row: Route, walk: Walk, pc: Pc) -> Target:
    sent = walk.writing.get(row.name)
    shown, names = walk.reading.get(row.name, (None, set()))
    known = sent or shown
    browsers = _browsers(known or next(iter(walk.writing.values())), pc)
    kwargs = resolve(urlsplit(known.form.action).path).kwargs if known else _guessed(row.name, pc)
    form = sent.form if sent else ShownForm("post", "")
    for name, value in TYPED.get(row.name, {}).items():
        form.inputs.setdefault(name, Input("text", [value]))
    filled = sent.facts if sent else form.filled()
    admitted = frozenset({KIOSK}) if row.kiosk else frozenset(ROLES) if row.public else row.roles
    return Target(
        route=row.name, kwargs=kwargs, methods=row.methods, admitted=admitted, inputs=form.inputs, filled=filled,
        names=ALWAYS | names, whole=_wholes(pc).get(row.name), browsers=browsers,
    )  # fmt: skip


def _browsers(sent: Sent, pc: Pc) -> dict[str, Client]:
    return {ANONYMOUS: Client(), KIOSK: pc.browser} | {
        role: sent.stage.browser(role) for role in sorted(EVERYBODY)
    }


def _guessed(name: str, pc: Pc) -> dict[str, Any]:
    """Arguments for a route that no page of the walk leads to: the kiosk's own, and those that only a script or a letter names."""
    made = {
        "token": pc.token,
        "key": "sch_years",
        "uidb64": "MQ",
        "name": f"{'0' * 64}.webm",
        "public_id": pc.assessment.public_id,
    }
    namespace, _colon, short = name.rpartition(":")
    resolver = get_resolver()
    for part in namespace.split(":") if namespace else ():
        resolver = resolver.namespace_dict[part][1]
    for possibility, _pattern, _defaults, _converters in resolver.reverse_dict.getlist(short):
        for _path, wanted in possibility:
            kwargs = {key: made.get(key, "x" * 22) for key in wanted}
            try:
                resolve(reverse(name, kwargs=kwargs))
            except (NoReverseMatch, Resolver404):
                continue
            return kwargs
    raise AssertionError(f"no arguments for {name}: name them in tests/fuzz/targets.py")


def _wholes(pc: Pc) -> dict[str, Any]:
    """Bodies as the scripts of the house send them; the trials change one place or several."""
    key = "6f1c1f4e-4d6c-4d49-9d56-0a6f0cf6a001"
    at, spot = "2026-05-04T10:00:00+02:00", {"lat": 51.34, "lon": 12.4, "accuracy": 8}
    common = {
        "uuid": key,
        "seq": 1,
        "at": at,
        "after": None,
        "unit": 1,
        "found": None,
        "begin": None,
        "position": spot,
    }
    return {
        "kiosk:save": pc.operation("sch_years", {"value": "3", "choices": ["yes"], "status": "skipped"}, "shown", "answer"),
        "kiosk:claim": {"epoch": 1},
        "kiosk:here": {"epoch": 1},
        "kiosk:pause": {"epoch": 1},
        "kiosk:finish": {"epoch": 1},
        "kiosk:measuring": {"measuring": "agreed", "epoch": 1},
        "businesses:field_sync": {"operations": [
            common | {"kind": "attempt", "disposition": "refusal", "reason": "", "note": "zu", "doorstep": {
                "branch_words": "Imbiss", "contact": "", "size_band": "", "since_year": 2001, "trains": "", "languages": ["ar"]}},
            common | {"kind": "begin", "language": "de", "with_interpreter": False},
            common | {"kind": "answers", "answers": {"trade": {"value": "Imbiss"}}},
            common | {"kind": "finish", "note": "gut"},
            common | {"kind": "sight", "seen": {"status": "open", "sign_name": "Imbiss", "trade": "", "languages": ["ar"]}},
            common | {"kind": "found", "wave": 1, "street": 1, "number": "52a", "sign_name": "Neu", "trade": "", "status": "open"},
        ]},
    }  # fmt: skip
