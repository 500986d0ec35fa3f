
BB BBBBBBBBB BB BBBBBBBBBBBBB
  XXXX XXXXXXXXXX XXXXX XXXXXXXXXXXXX
    BBBB BBBBBBBBBBBBBBBBBBBB
    XXX gettext(u'Somebody has changed clients of this list since the check. Nothing came in. Please check again.') XXXX
  XXXXXX
BBBBB
XXX XXXXXXXXXXXX XXXXXXXXXXXXXX
  XXXXX
    XXXX gettext(u'come in') XXXXX
    XXXX
      
    XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'rows with errors') XXXXX
    XXXX
      
    XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'may be here already') XXXXX
    XXXX
      
    XXXXX
  XXXXXX
XXXXX
XXX XXXXXXXXXXXXXXXXXX XXXXXXX
  XXXX
    BB BBBBBBBBBBBBBBB
      XXXXX
         gettext(u'Errors to correct in the file') 
        BBBBB BBBBB BBBBB
        XXX
           ngettext(u'%(n)s error, named by line and column. While there is one, nothing comes in.', u'%(n)s errors, named by line and column. While there are some, nothing comes in.', count) 
            SSSSS SSSSSS SSSSS SS SSSS SSS SSSSSSS SSSSS SSSSS SS SSSS SSSSSSS SSSSS SSS
          
            PPPPP PPPPPPP PPPPP PP PPPP PPP PPPPPPP PPPPP PPPPP PPP PPPPP PPPPPPP PPPPP PPP
          
        XXXX
      XXXXXX
      XX XXXXXXXXXX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Look at the errors') XXXX
    BBBB
      XXXXX
         gettext(u'No errors') 
        BBBBB BBBB BBBBB
        XXX gettext(u'Every row would also pass the form.') XXXX
      XXXXXX
    BBBBB
  XXXXX
  BB BBBBBBBBBBB
    XXXX
      XXXXX
        BB BBBBBBBBB
           gettext(u'Decide who is here already') 
          BBBBB BBBBBB BBBBB
          XXX
             ngettext(u'%(n)s row is still undecided.', u'%(n)s rows are still undecided.', count) 
              SSSSS SSS SS SSSSS SSSSSSSSSS
            
              PPPPP PPPP PPP PPPPP PPPPPPPPPP
            
          XXXX
        BBBB
           gettext(u'All decided') 
          BBBBB BBBB BBBBB
        BBBBB
      XXXXXX
      XX XXXXXXXXXX BB BBBBBBBBB BBB BBB BBBBBBBBBBBBBBBXXXXXXXXXXXBBBBXXXXXXXXXXXXXXXXXXXXXBBBBBX
         XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Look at these rows') XXXX
    XXXXX
  BBBBB
  BB BBBBBBBBBBBBBBBB
    XXXX
      XXXXX
         gettext(u'The check is old') 
        BBBBB BBBBBB BBBBB
        XXX gettext(u'Others may have come since. Please check again.') XXXX
      XXXXXX
      XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX
        BBBBBBBBBB
        XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Check again') XXXXXXXXX
      XXXXXXX
    XXXXX
  BBBBB
XXXXX
XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
  BB BBB BBBBBBBBBBBBBBB BBB BBB BBBBBBBBB BBB BBB BBBBBBBBBBBBBBBB
    XX XXXXXXXXXX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Go on: take over') XXXX
  BBBBB
  XX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXXBBBB BBBBBBBB gettext(u'Bring the corrected file') XXXX
  XX XXXXXXXXXX XXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXX gettext(u'Change the columns') XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
XXXXXX
