BB BBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBB
BBBB
  XX XXXXXXXXXXXXXXXXXXX gettext(u"Nothing yet. Every look into a client's file will stand here.") XXXX
BBBBB
