BBBBBBB BBBBBBBBBBB
BBBBB BBBB
  XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBX XX
BBBBBBBB
BBBBB BBBBB
   gettext(u'Two records became one') 
BBBBBBBB
BBBBB BBBBBXXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Path') XXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Clients') XXXX X XX XXXXXXXXXXXXXXXXXXBBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Two records became one') 
BBBBBBBB
BBBBB BBBB
   gettext(u'%(absorbed)s became part of %(kept)s on %(day)s, by %(name)s') 
    SSSSSSSSSSSS SSSSSS SSSS SS SSSSSSSS SS SSSSSSSS SS SSSSSSSS
  
BBBBBBBB
BBBBB BBBB
  XXXX XXXXXXXXXXXXXX
    BB BBBBBBB
      XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXXXX XXXXXXXXXXXXXXXXXXX
          XXX XXXXXXXXXXXXXXX gettext(u'Was there twice') XXXXX
        XXXXXXXXX
        XX XXXXXXXXXXXXXXXXXXX
           gettext(u'%(kept)s had an entry of its own in this place. The one of %(absorbed)s is kept with that number:') 
            SSSSSSSS SSS SS SSSSS SS SSS SSS SS SSSS SSSSSS SSS SSS SS SSSSSSSSSSSS SS SSSS SSSS SSSS SSSSSSS
          
        XXXX
        XXX XXXXXXXXXXX XXXXXXX
          BBB BBBBB BB BBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXBBBBBB
        XXXXX
      XXXXXXXXXX
    BBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXX gettext(u'Undo') XXXXX
      XXXXXXXXX
      BB BBBBBBBB
        XXX XXXXXXXXXXXX XXXXXXXXXXXX
          XXXXX
            XXXX gettext(u'Goes back') XXXXX
            XXXXBBB BBBBB BB BBBBBBBBBBBBBX BB BBB BBBBBBBBBBBB X BBBBBBBBBB gettext(u'nothing') BBBBBBXXXXX
          XXXXXX
          BB BBBBBBBBBBBB
            XXXXX
              XXXX gettext(u'As before') XXXXX
              XXXXFFFFFFF FXXXXX
            XXXXXX
          BBBBB
          BB BBBBBBBBBBB BB BBBBBBBBBB
            XXXXX
              XXXX gettext(u'Added since') XXXXX
              XXXX
                 gettext(u'stays with %(kept)s:') 
                  SSSSS SSSS SSSSSSSSS
                
                BBB BBBBB BB BBBBBBBBBBBX BB BBB BBBBBBBBBBBB BB BBBBBBBBBB X BBBBBBBBBBB
                BB BBBBBBBBBB
                   gettext(u'changed details (%(fields)s)') 
                    SSSSSSS SSSSSSS SSSSSSSSSSSS
                  
                BBBBB
              XXXXX
            XXXXXX
          BBBBB
        XXXXX
        XXXXX XXXXXXXXXXXXXXX XXXXXXXXXXXXXX
          BBBBBBBBBB
          XXXXX XXXXXXXXXXXXXXXXXXXXX
          XX XXXXXXXXXX XXXXXXXXXX XXXXXXXX gettext(u'Leave as it is') XXXX
          XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXX gettext(u'Make them two records again') XXXXXXXXX
        XXXXXXX
      BBBB BBBBBBBBBBBBBBB
        XX XXXXXXXXXXXXXXXXXXX
           gettext(u'Undone on %(day)s, by %(name)s.') 
            SSSSSS SS SSSSSSSS SS SSSSSSSSS
          
        XXXX
      BBBB
        XX XXXXXXXXXXXXXXXXXXX
           gettext(u'It could be undone until %(day)s.') 
            SS SSSSS SS SSSSSS SSSSS SSSSSSSS
          
        XXXX
      BBBBB
    XXXXXXXXXX
  XXXXXX
BBBBBBBB
