BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Take over') 
BBBBBBBB
BBBBB BBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBB
  XXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXX
    XXXXXXX XXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXX
        BB BBBBBBBB BB BBBBBBBBB
           ngettext(u'%(n)s client comes in', u'%(n)s clients come in', count) 
            SSSSS SSSSSS SSSSS SS
          
            PPPPP PPPPPPP PPPP PP
          
        BBBB
           ngettext(u'%(n)s consultation comes in', u'%(n)s consultations come in', count) 
            SSSSS SSSSSSSSSSSS SSSSS SS
          
            PPPPP PPPPPPPPPPPPP PPPP PP
          
        BBBBB
      XXXXX
    XXXXXXXXX
    XXXX XXXXXXXXXXXXXXXXXXX
      XXXX
        XXXX gettext(u'All of them or none: if anything goes wrong, everything stays as it is.') XXXXX
        BB BBBBBBBB BB BBBBBBBBB
          XXXX gettext(u'They get new numbers of the centre. Their own numbers lead to them for 30 days, so that you can bring their consultations.') XXXXX
          XXXX gettext(u'Nobody has agreed to anything by being imported: please ask for consents at the next talk.') XXXXX
        BBBBB
        XXXX gettext(u'For 30 days you can undo it, except where somebody has gone on working.') XXXXX
      XXXXX
      BB BBB BBBBBBBBBBBBBBB BBB BBB BBBBBBBBB BBB BBB BBBBBBBBBBBBBBBB BBB BBBBBB
        XXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX
          BBBBBBBBBB
          XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Take over now') XXXXXXXXX
          XX XXXXXXXXXX XXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Back to the import') XXXX
        XXXXXXX
      BBBB
        XXX gettext(u'This cannot be done yet: there are errors, undecided rows, or nothing that would come in.') XXXX
        XX XXXXXXXXXX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Back to the import') XXXX
      BBBBB
    XXXXXX
  XXXXXXXXXX
BBBBBBBB
