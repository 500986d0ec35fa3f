"""What every page knows: the site, the navigation of this role, the language and its direction."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from iqquadrat.core.registry import navigation_for


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the shell. Anonymous readers get no navigation."""
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "navigation": navigation_for(user, request.path_info) if user is not None else [],
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "staff_languages": settings.STAFF_LANGUAGES,
    }
