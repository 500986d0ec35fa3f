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
from iqquadrat.questionnaires.services.drafts import (
    UnsoundError,
    change_draft,
    copy_version,
    discard_draft,
)
from iqquadrat.questionnaires.services.recordings import (
    NoTextError,
    NotSoundError,
    keep_recording,
    remove_recording,
)
from iqquadrat.questionnaires.services.translations import (
    NotReviewableError,
    OwnTextError,
    RetiredError,
    TextChangedError,
    put_back,
    review,
    review_many,
    translate,
)
from iqquadrat.questionnaires.services.versions import (
    DraftChangedError,
    NotADraftError,
    publish_version,
    store,
    store_delivered,
    switch_language,
)

__all__ = [
    "DraftChangedError",
    "ForeignItemError",
    "NoTextError",
    "NotADraftError",
    "NotReviewableError",
    "NotSoundError",
    "OwnTextError",
    "ResponseCompletedError",
    "RetiredError",
    "Saved",
    "TextChangedError",
    "UnsoundError",
    "VersionNotPublishedError",
    "change_draft",
    "complete_response",
    "copy_version",
    "discard_draft",
    "keep_recording",
    "publish_version",
    "put_back",
    "record_answer",
    "remove_recording",
    "review",
    "review_many",
    "save_answer",
    "start_response",
    "store",
    "store_delivered",
    "switch_language",
    "translate",
]
