"""What is made of the programme's files when it is installed."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.utils.translation import gettext as _

from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, skipped, warning
from iqquadrat.questionnaires import folders
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.models import Version


def questionnaires_are_loaded(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Every questionnaire that is delivered has a published version."""
    delivered = {
        tomllib.loads(path.read_text(encoding="utf-8"))["key"]
        for folder in folders.registered()
        for path in folders.structure_files(folder)
    }
    published = Version.objects.filter(state=VersionState.PUBLISHED, questionnaire__key__in=delivered)
    missing = sorted(delivered - set(published.values_list("questionnaire__key", flat=True)))
    if missing:
        yield fault(
            _("Questionnaires are not loaded: %(names)s.") % {"names": ", ".join(missing)},
            _("Run: manage.py load_questionnaires"),
        )
    else:
        yield ok(_("Questionnaires that are loaded: %(count)s.") % {"count": len(delivered)})


def static_parts_are_collected(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Styles, scripts and fonts lie where the site serves them from."""
    if not _is_collected():
        yield skipped(_("Static parts are served as they lie in the programme."))
        return
    advice = _("Run: manage.py collectstatic --noinput")
    root = Path(settings.STATIC_ROOT)
    try:
        collected = json.loads((root / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        yield fault(_("Styles and scripts are not collected: pages cannot be shown."), advice)
        return
    wanted = {_address(name, storage) for finder in get_finders() for name, storage in finder.list([])}
    missing = {name for name in wanted if name not in collected or not (root / collected[name]).is_file()}
    if missing:
        yield fault(
            _("Static files that are not collected: %(count)s; the first is %(name)s.")
            % {"count": len(missing), "name": min(missing)},
            advice,
        )
    else:
        yield ok(_("%(count)s static files are collected.") % {"count": len(wanted)})


def _is_collected() -> bool:
    """Tell whether the site serves collected files, by the names in a list."""
    return isinstance(cast("object", staticfiles_storage), ManifestFilesMixin)


def _address(name: str, storage: Any) -> str:
    """Return under which name a file is collected: some folders lie below a prefix."""
    prefix = getattr(storage, "prefix", None)
    return f"{prefix}/{name}" if prefix else name


def texts_are_compiled(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Every catalogue has its compiled form, and none is older than its source."""
    advice = _("Run: manage.py compilemessages")
    sources = [
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po")
    ]
    missing = [path for path in sources if not path.with_suffix(".mo").is_file()]
    old = [
        path
        for path in sources
        if path not in missing and path.stat().st_mtime > path.with_suffix(".mo").stat().st_mtime
    ]
    if missing:
        yield fault(_("Texts are not compiled: %(languages)s.") % {"languages": _languages(missing)}, advice)
    if old:
        yield warning(
            _("Texts have changed since they were compiled: %(languages)s.") % {"languages": _languages(old)},
            advice,
        )
    if not missing and not old:
        yield ok(_("The texts of %(count)s languages are compiled.") % {"count": len(sources)})


def _languages(paths: list[Path]) -> str:
    return ", ".join(sorted(path.parts[-3] for path in paths))
