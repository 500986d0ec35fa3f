"""2 Jul 2007: nobody has to guess which figure is the month."""

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
