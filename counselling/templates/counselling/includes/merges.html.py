
BBB BBBBB BB BBBBBB
  XXXX XXXXXXXXXX XXXX XXXXXXXXXXX
    BBBB BBBBBBB
    XXXXX
       gettext(u'%(number)s became part of this record on %(day)s. This can be undone until %(until)s.') 
        SSSSSSSSSS SSSSSS SSSS SS SSSS SSSSSS SS SSSSSSSS SSSS SSS SS SSSSSS SSSSS SSSSSSSSSS
      
      XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBXX gettext(u'What was merged, undo') XXXX
    XXXXXX
  XXXXXX
BBBBBB
