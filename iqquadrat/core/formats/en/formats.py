"""2 Jul 2007: nobody has to guess which figure is the month."""

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
