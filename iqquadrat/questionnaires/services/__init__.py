"""Every write of the questionnaires."""

from iqquadrat.questionnaires.services.answers import (
    ForeignItemError,
    ResponseCompletedError,
    Saved,
    VersionNotPublishedError,
    complete_response,
    record_answer,
    save_answer,
    start_response,
)
from iqquadrat.questionnaires.services.versions import (
    NotADraftError,
    publish_version,
    store,
    store_delivered,
    switch_language,
)

__all__ = [
    "ForeignItemError",
    "NotADraftError",
    "ResponseCompletedError",
    "Saved",
    "VersionNotPublishedError",
    "complete_response",
    "publish_version",
    "record_answer",
    "save_answer",
    "start_response",
    "store",
    "store_delivered",
    "switch_language",
]
