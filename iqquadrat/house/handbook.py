"""The handbook: one page a role, kept as documents in ``docs/handbook`` and shown here as they are."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iqquadrat.accounts.permissions import Role

FOLDER = Path(settings.BASE_DIR) / "docs/handbook"
PICTURES = "../pictures/"
PAGE = "page:"  # a page of this site, by the name of its route


@dataclass(frozen=True)
class Chapter:
    """One page. ``role`` is whose page it is; the last one is about the clients, who have no account."""

    key: str
    label: str | Promise
    role: Role | None


CHAPTERS = (
    Chapter("beratung", _("Counselling"), Role.COUNSELLOR),
    Chapter("koordination", _("Coordination"), Role.COORDINATOR),
    Chapter("erhebung", _("Survey"), Role.SURVEYOR),
    Chapter("verwaltung", _("Administration"), Role.ADMINISTRATOR),
    Chapter("am-pc", _("At the clients' PC"), None),
)


def chapter_for(roles: list[str]) -> Chapter:
    """Return the page to begin with: that of the reader's first role."""
    return next((chapter for chapter in CHAPTERS if chapter.role in roles), CHAPTERS[0])


@lru_cache(maxsize=len(CHAPTERS))
def rendered(key: str) -> tuple[str, SafeString]:
    """Return a page's title and the rest of it as HTML. The documents are ours: nobody else's text comes in here."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{key}.md").read_text(encoding="utf-8"))
    title = tokens[1].content  # every page begins with its heading
    for token in tokens:
        for child in token.children or []:
            _turn_to_here(child)
    return title, mark_safe(reader.renderer.render(tokens[3:], reader.options, {}))  # noqa: S308 - rendered without raw HTML


def _turn_to_here(token: Token) -> None:
    """Let pictures and links of the documents lead to where this site has them."""
    if token.type == "image":
        source = str(token.attrs["src"])
        token.attrSet("src", static("handbook/" + source.removeprefix(PICTURES)))
        token.attrSet("loading", "lazy")
    if token.type == "link_open":
        target = str(token.attrs["href"])
        if target.endswith(".md"):
            token.attrSet("href", reverse("handbook_chapter", args=[target.removesuffix(".md")]))
        elif target.startswith(PAGE):
            token.attrSet("href", reverse(target.removeprefix(PAGE)))
