
BB BBBBB
  XXX XXXXXXXXXXX XXXXXXXXXXXXX XXXXXX XXXXXXXXXXXX gettext(u'Changes after closing') XX
    BBB BBBB BB BBBBB
      XXXX
        BBBB BBBBBBBBBBBBBBB
         gettext(u'After closing of %(closed)s corrected: %(record)s of %(day)s, on %(at)s') 
          SSSSS SSSSSSS SS SSSSSSSSSS SSSSSSSSSS SSSSSSSSSS SS SSSSSSSS SS SSSSSS
        
        BB BBBBBBBBBBBBBBXXBBBBB
      XXXXX
    BBBBBB
  XXXXX
BBBBB
