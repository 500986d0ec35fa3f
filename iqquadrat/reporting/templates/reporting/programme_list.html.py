BBBBBBB BBBBBBBBBBB
BBBBB BBBBB
   gettext(u'Programmes') 
BBBBBBBB
BBBBB BBBBB
  XX XXXXXXXXXXXXXX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBXX gettext(u'Figures') XXXX
  XXXX
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Programmes') 
BBBBBBBB
BBBBB BBBBBBBBBBBB
  XX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX
     XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBXXBBBB BBBBBBBBB gettext(u'Programme') XXXX
BBBBBBBB
BBBBB BBBB
  BB BBBBBBBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Programmes') XX
      XXXX XXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Name') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Funder') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Period') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Targets') XXXXX
              XXX XXXXXXXXXXXX gettext(u'New records') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBBBBBB BB BBBBBBBBBB
              XXXX
                XXX XXXXXXXXX gettext(u'Name') XX
                  XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX
                XXXXX
                XXX XXXXXXXXXXXXX XXXXXXXXX gettext(u'Funder') XX
                  XXXXXXXXXXX
                XXXXX
                XXX XXXXXXXXX gettext(u'Period') XX
                  FFFFFFFFFFFFFFFFFFFFFFFF X FFFFFFFFFFFFFFFFFFFFFFFF
                XXXXX
                XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Targets') XXFFFFFFXXXXX
                XXX XXXXXXXXX gettext(u'New records') XX
                  BB BBBBBBBBBBBBBB BB BBBBBBBBBBBB
                    XXXXX XXXXXXXXXXXXX XXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXX
                          XXXXXXXXXXXXX
                          XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBXX
                      BBBBBBBBBB
                       gettext(u'current programme') 
                      BBBBB BBBB BBBBB
                      XXXXXXX XXXXXXXXXX XXXXXX XXXXXXXXXX
                              XXXXXXXXXXXXXX gettext(u'Use no longer') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
                    XXXXXXX
                  BBBB
                    XXXXX XXXXXXXXXXXXX
                          XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBXX
                      BBBBBBBBBB
                      XXXXXXX XXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Use as the current programme') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
                    XXXXXXX
                  BBBBB
                XXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
    XXXXXXXXXX
  BBBB
     gettext(u'No programme yet') 
     gettext(u'Enter the first one with its funder, its period and what was promised.') 
    BBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BB BBB
     gettext(u'Create a programme') 
    BBBBBBB BBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBB
  BBBBB
BBBBBBBB
