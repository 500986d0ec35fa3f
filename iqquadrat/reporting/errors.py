"""What may go wrong with reports, by name."""


class ReportStateError(Exception):
    """The report has moved on: this step does not follow on where it stands now."""


class OwnReportError(Exception):
    """Whoever made a report does not approve it: a second person looks at it."""


class MayNotReportError(Exception):
    """The acting user may not do this with reports, or not with one of this centre."""


class BrokenSealError(Exception):
    """What is stored is not what was frozen: the hash does not fit the figures any more."""


class CrossingPeriodError(Exception):
    """The period crosses that of an earlier public report: their numbers could be subtracted piece by piece."""

    def __init__(self, earlier: str) -> None:
        self.earlier = earlier
        super().__init__(earlier)


class AlreadyPublicError(Exception):
    """A public version of this report stands already."""
