BBBBBBB BBBBBBBBBBB
BBBBB BBBBB
   gettext(u'Closed periods') 
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Closed periods') 
BBBBBBBB
BBBBB BBBB
   gettext(u'What has been reported is closed. Corrections stay possible, and everybody sees that they came later.') 
BBBBBBBB
BBBBB BBBB
  BB BBBBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Closed periods') XX
      XXXX XXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Closed up to and including') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Programme') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Closed') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Changes after closing') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBBB BB BBBBBBB
              XXXX
                XXX XXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBXXFFFFFFFFFFFFFFFFFFFFFFFFXXXXXXXXX
                XXX XXXXXXXXX gettext(u'Programme') XXBB BBBBBBBBBBBBBBBBBBBB gettext(u'everything the centre does') BBBBBXXXXX
                XXX XXXXXXXXX gettext(u'Closed') XX
                  FFFFFFFFFFFFFFFFFFFFFFFFX 
                  BB BBBBBBBBBBBBBBBBBB
                    XXX XX
                     gettext(u'open again since %(day)s, %(name)s') 
                      SSSS SSSSS SSSSS SSSSSSSS SSSSSSSS
                    
                  BBBBB
                XXXXX
                XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Changes after closing') XXXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
    XXXXXXXXXX
  BBBBB
  BBB BBBBBBBBBBBBBBBBBBBBB BB BBBB
   gettext(u'Close the period') 
  BBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBB BBBBBBBBBBBBBBB
BBBBBBBB
