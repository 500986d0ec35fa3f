XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX
  BBBBBBBBBB
  XXXXXXX XXXXXXXXXX XXXXXXXXXX
          XXXXXXXXXXXXX
          XXXXXXXXXXXXXX gettext(u'Throw this file away?') X
          XXXXXXXXXXXXXXXXXXX gettext(u'Everything read from it is deleted at once. Your own file stays where it is.') X
          XXXXXXXXXXXXXXXXXX gettext(u'Throw away') X
          XXXXXXXXXXXXXXXXX gettext(u'Keep') XX gettext(u'Throw away') XXXXXXXXX
XXXXXXX
