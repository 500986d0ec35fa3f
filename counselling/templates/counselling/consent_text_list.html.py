BBBBBBB BBBBBBBBBBB
BBBBB BBBBXXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBX XXBBBBBBBB
BBBBB BBBBB
   gettext(u'Consent texts') 
BBBBBBBB
BBBBB BBBBB
  XXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Path') XX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Settings') XXXX
  XXXXXX
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Consent texts') 
BBBBBBBB
BBBBB BBBB
   gettext(u'A text that somebody has agreed to never changes: a new wording is a new version, and whoever agreed to an older one is asked again.') 
BBBBBBBB
BBBBB BBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBB
BBBBBBBB
BBBBB BBBB
  BBB BBBBBBBB BBBBBBBB BB BBBBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXX
        XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBXX gettext(u'Write a new version') XXXX
      XXXXXXXXX
      XXX XXXXXXXXXXXXXXXXXXX
        BBB BBBBBBB BB BBBBBBBB
          XXXX
            XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBXX
               gettext(u'Text %(version)s') 
                SSSS SSSSSSSSSSS
              
            XXXX
            BB BBBBBBBBBBBBB
               gettext(u'in force') 
              BBBBB BBBB BBBBB
            BBBB
               gettext(u'earlier') 
              BBBBB BBBBB BBBBB
            BBBBB
            XXXXX XXXXXXXXXXXXXXXXXXXXXXX
              BB BBBBBBBBBBBBBBBBB
                FFFFFFFFFFFFFFFFFFFFFFFF
              BBBB
                 gettext(u'came with the site') 
              BBBBB
            XXXXXXX
          XXXXX
        BBBBBB
      XXXXX
    XXXXXXXXXX
  BBBBBB
BBBBBBBB
