BB BBBBBB
  BBB BBBBBB BB BBBBB
    XXXXXX XXXXXXXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXX
                                        XXXXXXXXXXXXX
                                        XXXXXXXX
                                        XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBX
                                        XXXXXXXXXXXXXXXXXXX
                                        XXXXXXXXXXXXXXXXXXX XX BBBBBB BBBBBB XXXXX XXXXXXXXXXX XXXXXXXXXXXXXXXXXXX
  BBBBB
    BB BBBB
      XX XXXXXXXXXXXXX gettext(u'Nobody found among your clients.') XXXX
    BBBBB
  BBBBBB
BBBB
  BB BBBB
    BB BBB BBBBB
      XX XXXXXXXXXXXXXXXXXXX gettext(u'Nobody found among your clients.') XXXX
    BBBBB
    BB BBBBB BB BBBBBBBBBBBBBBBBBBBBBBBB
      XXX XXXXXXXXXXXXXXXXXX
          XXXXXXXXXXXXXX
          XXXXXXXXXXXX gettext(u'Results') X
          XXXXXXXXXXX ngettext(u'%(n)s hit', u'%(n)s hits', count) SSSSS SSSPPPPP PPPPXX
        BBB BBBBBB BB BBBBB
          XXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX
                                     XXXXXXXXXXXXX
                                     XXXXXXXXXXXXXXXXXXXXX
                                     XXXXXXXXXXXXX
                                     XXXXXXXXXXX
                                     XXXXXXXXBBBBBB BBBBBBXXXXX XXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX
        BBBBBB
        BB BBBBBBBBBBBBBBBBBBBBBBBB
          XXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXXXXX
                                     XXXXXXXXXXXXX
                                     XXXXXXXXXXXXXXXXXXXXX
                                     XXXXXXXXXXXXX
                                     XXXXXXXXXXXXXX
                                     XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXFFFFFFFFFXXBBBB BBBBBBBBBBBBB gettext(u'Take in a new client') XXXXXXXXX
        BBBBB
      XXXXX
    BBBBB
  BBBBB
BBBBB
