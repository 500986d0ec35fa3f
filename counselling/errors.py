"""Named errors of this room's services."""


class RecordChangedError(Exception):
    """Somebody else has changed the record since the form was opened."""


class NotAllowedError(Exception):
    """The acting user may not do this with this record."""


class ClientGoneError(Exception):
    """The record was made part of another one, or its person erased, after it was looked up."""


class ChargeDatesError(Exception):
    """It would end before it begins."""


class DeputyKnownError(Exception):
    """This person deputises for the client on some of these days already."""


class FutureDayError(Exception):
    """The day has not come yet."""


class BeforeEntryError(Exception):
    """The day is not after the client came; what held then stands with the client."""


class SituationKnownError(Exception):
    """Something is noted for that day already."""


class LanguageKnownError(Exception):
    """There are levels for this language already."""


class CaseDatesError(Exception):
    """The case would be closed before it was opened."""


class NotesLockedError(Exception):
    """The note has been locked; only addenda can be written."""


class ConsentError(Exception):
    """A consent cannot be given or taken back like this."""


class ConsentTakenBackError(ConsentError):
    """The client took this consent back after the day on which it is said to have been given."""


class ConsentTextUsedError(Exception):
    """Somebody has agreed to this text: it stays as it is, a new wording is a new version."""


class TooManyTopicsError(Exception):
    """At most two topics beside the main one, and not the main one again."""


class EventHasPeopleError(Exception):
    """Somebody stands on the list of this event."""


class InstitutionKnownError(Exception):
    """An institution of this name already stands at this address."""


class TopicUsedError(Exception):
    """The topic stands in records: it can be retired, not deleted."""


class TopicChangedError(Exception):
    """Somebody else has renamed the topic since the form was opened."""


class NotMergeableError(Exception):
    """These two are not two records of one centre that stand for themselves."""


class MergeContradictionError(Exception):
    """The values chosen from both records cannot stand in one."""


class MergeStandsError(Exception):
    """The merge can no longer be undone: its time is over, or the kept record was itself merged since."""


class AbsenceKnownError(Exception):
    """This counsellor is away on some of these days already."""


class UnknownProgrammeError(Exception):
    """The centre has no programme of this code that reports participants, or the day lies outside it."""


class ParticipationOverlapError(Exception):
    """The client takes part in this programme on some of these days already."""


class ParticipationDatesError(Exception):
    """It would end before it begins."""


class ConsentMissingError(Exception):
    """Voluntary answers were given, and no consent stands behind them."""


class QuestionsAnsweredError(Exception):
    """Something is noted about the time after leaving: the day cannot move under it."""


class TooEarlyError(Exception):
    """The day of the answer lies before the day it tells about."""


class AnswerContradictsError(Exception):
    """The results exclude each other, or belong to another question or status at entry."""
