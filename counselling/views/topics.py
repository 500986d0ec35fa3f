"""The list of topics, kept by the coordinator."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.errors import TopicChangedError, TopicUsedError
from counselling.forms import TopicForm
from counselling.models import Topic
from counselling.services.topics import references
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences


@access(Permission.TOPIC_WRITE)
def topic_list(request: StaffRequest) -> HttpResponse:
    """Show the topics in their order, and which of them stand in records."""
    used = Q(Value(False))
    for rows, field in references():
        used |= Q(Exists(rows.filter(**{field: OuterRef("pk")})))
    topics = list(Topic.objects.annotate(used=used).order_by("position", "key"))
    context = {
        "chosen": [topic for topic in topics if topic.retired_at is None],
        "retired": [topic for topic in topics if topic.retired_at],
    }
    return render(request, "counselling/topic_list.html", context)


@access(Permission.TOPIC_WRITE, methods=["GET", "POST"])
def topic_create(request: StaffRequest) -> HttpResponse:
    """Add a topic."""
    form = TopicForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.create_topic(names=form.names(), by=request.user)
        messages.success(request, _("The topic stands at the end of the list."))
        return redirect("counselling:topic_list")
    return _page(request, form, None, status=422 if form.is_bound else 200)


@access(Permission.TOPIC_WRITE, methods=["GET", "POST"])
def topic_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the names. Somebody else's change in between is shown beside one's own."""
    topic = get_object_or_404(Topic, pk=pk)
    if request.method != "POST":
        return _page(request, TopicForm(record=topic), topic, status=200)
    form = TopicForm(request.POST, record=topic)
    if not form.is_valid():
        return _page(request, form, topic, status=422)
    try:
        services.rename_topic(
            topic=topic, names=form.names(), seen=form.cleaned_data["seen"], by=request.user
        )
    except TopicChangedError:
        stored = TopicForm(record=topic)
        typed = request.POST.copy()
        typed["seen"] = stored["seen"].value()
        form.data = typed
        return _page(request, form, topic, status=409, theirs=differences(form, stored))
    messages.success(request, _("The topic is changed."))
    return redirect("counselling:topic_list")


def _page(
    request: StaffRequest, form: TopicForm, topic: Topic | None, status: int, theirs: object = ()
) -> HttpResponse:
    context = {"form": form, "topic": topic, "theirs": theirs}
    return render(request, "counselling/topic_form.html", context, status=status)


@access(Permission.TOPIC_WRITE, methods=["POST"])
def topic_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Move a topic one place up or down."""
    services.move_topic(
        topic=get_object_or_404(Topic, pk=pk), up=request.POST.get("up") == "1", by=request.user
    )
    return redirect("counselling:topic_list")


@access(Permission.TOPIC_WRITE, methods=["POST"])
def topic_retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a topic out of the choices, or bring it back."""
    retired = request.POST.get("retired") == "1"
    services.retire_topic(topic=get_object_or_404(Topic, pk=pk), by=request.user, retired=retired)
    messages.success(request, _("The topic is retired.") if retired else _("The topic can be chosen again."))
    return redirect("counselling:topic_list")


@access(Permission.TOPIC_WRITE, methods=["POST"])
def topic_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete a topic that nobody has used."""
    try:
        services.delete_topic(topic=get_object_or_404(Topic, pk=pk), by=request.user)
    except TopicUsedError:
        messages.error(request, _("This topic stands in records. It can be retired, not deleted."))
    else:
        messages.success(request, _("The topic is deleted."))
    return redirect("counselling:topic_list")
