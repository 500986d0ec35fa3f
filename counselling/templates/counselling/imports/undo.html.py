BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Undo the import') 
BBBBBBBB
BBBBB BBBB
  XXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX
    XXXXXXX XXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXX gettext(u'What happens now') XXXXX
    XXXXXXXXX
    XXXX XXXXXXXXXXXXXXXXXXX
      XXXX
        XXXX gettext(u'Everything this import made is deleted.') XXXXX
        XXXX gettext(u'What somebody has changed since, or where a talk, a consent or anything else was added, stays. You get a list of it.') XXXXX
        XXXX gettext(u'Consultations that came with another import count as added: undo that one first.') XXXXX
      XXXXX
      XXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX
        BBBBBBBBBB
        XXXXXXX XXXXXXXXXX XXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Undo now') XXXXXXXXX
        XX XXXXXXXXXX XXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Back to the import') XXXX
      XXXXXXX
    XXXXXX
  XXXXXXXXXX
BBBBBBBB
