"""The analysis of a wave: chapter by chapter, and beside the waves before it."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from businesses.models import AnalysisReport, Wave
from businesses.survey_analysis.chapters import BY_KEY, KINDS, Kind, chapter_of
from businesses.survey_analysis.comparison import comparison_of, earlier_waves, read_waves
from businesses.survey_analysis.cuts import (
    BRANCH,
    DIVISION,
    STREET,
    Offered,
    RefusedPartError,
    cut_for,
    offered,
)
from businesses.survey_analysis.rows import WaveRows, read_wave
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

# The blocks that follow the same businesses; below the last one stands what can be shown instead.
OF_PAIRS = ("panel", "directions")
OUT = (Permission.INTERVIEW_EXPORT, Permission.REPORT_EXPORT)


@access(*OUT)
def survey_analysis(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The first chapter: what came of the visits, and what the figures cannot say."""
    return _chapter(request, wave_of(request, public_id), KINDS[0])


@access(*OUT)
def survey_chapter(request: StaffRequest, public_id: UUID, chapter: str) -> HttpResponse:
    """A chapter, of the whole wave or of a part of it."""
    kind = BY_KEY.get(chapter)
    wave = wave_of(request, public_id)
    if kind is None:
        raise Http404
    return _chapter(request, wave, kind)


@access(*OUT)
def survey_comparison(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The wave beside those before it."""
    wave = wave_of(request, public_id)
    earlier = earlier_waves(wave)
    read = read_waves([wave, *earlier]) if earlier else []
    blocks = comparison_of(read) if read else ()
    hides_pairs = any(block.hides for block in blocks if block.key in OF_PAIRS)
    context = {
        "coarser": _branches_by_wave(read[:2]) if hides_pairs else [],
        "last_of_pairs": OF_PAIRS[-1],
        "wave": wave,
        "kinds": KINDS,
        "blocks": blocks,
        "earlier": earlier,
        "before": earlier[0] if earlier else None,
    }
    return render(request, "businesses/analysis_comparison.html", context)


def _branches_by_wave(read: list[WaveRows]) -> list[tuple[Wave, list[Offered]]]:
    """Return for the two waves of the pairs the sections of branches that may be looked at alone, the earlier wave first."""
    found = [(data.wave, [part for part in offered(data) if part.kind == BRANCH]) for data in reversed(read)]
    return [(wave, parts) for wave, parts in found if parts]


def _chapter(request: StaffRequest, wave: Wave, kind: Kind) -> HttpResponse:
    data = read_wave(wave, kind.keys)
    parts = offered(data) if kind.is_cut else []
    cut, refused = None, False
    try:
        cut = cut_for(request.GET.get("part", ""), parts)
    except RefusedPartError:
        # A page that may be shown for no part is simply shown whole.
        refused = kind.is_cut
    context: dict[str, Any] = {
        "wave": wave, "kinds": KINDS, "kind": kind, "chapter": chapter_of(kind, data, cut), "cut": cut, "refused": refused,
        "groups": _groups(parts), "chosen": request.GET.get("part", "") if cut else "", "interviews": len(data.interviewed),
        "submission": uuid4(), "reports": _reports(request, wave) if kind is KINDS[0] else (),
    }  # fmt: skip
    return render(request, "businesses/analysis_chapter.html", context, status=422 if refused else 200)


def _reports(request: StaffRequest, wave: Wave) -> list[AnalysisReport]:
    """The newest reports of this wave that are still kept."""
    kept = AnalysisReport.objects.visible_to(request.user).filter(wave=wave).defer("content")
    return list(kept.exclude(pk__in=AnalysisReport.objects.outlived().values("pk"))[:3])


def _groups(parts: list[Offered]) -> list[tuple[str, list[Offered]]]:
    names = {
        STREET: _("Section of the street"),
        BRANCH: _("Branch, section"),
        DIVISION: _("Branch, division"),
    }
    found = [(name, [part for part in parts if part.kind == kind]) for kind, name in names.items()]
    return [(name, held) for name, held in found if held]


def wave_of(request: StaffRequest, public_id: UUID) -> Wave:
    """Return a wave of the own centre, or answer 404."""
    waves = Wave.objects.visible_to(request.user).select_related("centre", "version")
    return get_object_or_404(waves, public_id=public_id)
