
BBBB BBBBBBB
XXXX XXXXXXXXXXXXXXXXX
  XX XXXXXXXXXXXXXXXXXXXXXXXX gettext(u'Only for the talk') XXXXXXXXXXXXX
  XXXX gettext(u'Understanding German in this questionnaire') XXXXX
  XX XXXXXXXXXXXXXXXX
     gettext(u"Not a language level: it describes reading in this questionnaire on this day, and one person's answers depend on each other. Never for placement, businesses, certificates or statistics.") 
    BB BBBBBBBBBBBBBBBBBBBB BB BBBBBBBB
       gettext(u'The client agreed to the measuring.') 
    BBBB BBBBBBBBBBBBBBBBBBBB BB BBBBBBBBB
       gettext(u'The client did not want the measuring, and loses nothing by that.') 
    BBBBB
  XXXX
  BB BBBBBBBBBBBBBB
    XXX gettext(u'Set aside on %(day)s:') SSS SSSSS SS SSSSSSSS XXXXXXXXXXXXXXX
  BBBB BBB BBBBBBBB
    XXX gettext(u'Worked out when the questionnaire is finished.') XXXX
  BBBB BBB BBBBBBBBBBBBBBBBBBBB
    XXX
      XXXXXXXX gettext(u'not measured') XXXXXXXXX
    XXXX
  BBBB
    XXXXXX XXXXXXXXXXXXXXX XXXXX XXXXXX
      XXXXXXX
        XXXX
          XXX XXXXXXXXXXXX gettext(u'Level') XXXXX
          XXX XXXXXXXXXXXX gettext(u'understood') XXXXX
          XXX XXXXXXXXXXXX gettext(u'by ear') XXXXX
          XXX XXXXXXXXXXXX gettext(u'switched') XXXXX
          XXX XXXXXXXXXXXX gettext(u'changed') XXXXX
          XXX XXXXXXXXXXXX gettext(u'too early') XXXXX
          XXX XXXXXXXXXXXX gettext(u'no answer') XXXXX
          XXX XXXXXXXXXXXX gettext(u'no evidence') XXXXX
          XXX XXXXXXXXXXXX gettext(u'counts') XXXXX
          XXX XXXXXXXXXXXX gettext(u'95 %% interval') XXXXX
          XXX XXXXXXXXXXXX gettext(u'Probes') XXXXX
          XXX XXXXXXXXXXXX gettext(u'Statement') XXXXX
        XXXXX
      XXXXXXXX
      XXXXXXX
        BBB BBBB BB BBBBBBBBBBBBBB
          XXXX
            XXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXXXXXXXX
            XXX XXXXXXXXXXXXXXX
               gettext(u'<strong>%(k)s</strong> of %(n)s') 
                SSSSSSSSSSSSSSSSSSSSSS SS SSSSS
              
            XXXXX
            XXX XXXXXXXXXXXXXXX
              BB BBBBBBBBBBBBB
                BBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB
                XXX XX
                 gettext(u'%(low)s to %(high)s') 
                  SSSSSSS SS SSSSSSSS
                
              BBBB
                X
              BBBBB
            XXXXX
            XXX XXXXXXXXXXXXXXX
               gettext(u'%(n)s of %(total)s') 
                SSSSS SS SSSSSSSSS
              
            XXXXX
            XXXXBB BBBBBBBBBBBBBBBBXBBBBBB BBBBBBBBBBBXXX XXXXXXXXXXXXXXXXXBBBBBBBBBBXXXXX
          XXXXX
        BBBBBB
      XXXXXXXX
    XXXXXXXX
    BB BBBBBBBBBBBBBBBB
      XXX
        XXXXXXXXXXXXXXXXX
      XXXX
    BBBBB
    BB BBBBBBBBBBBBBBBXXX gettext(u'Own estimate:')  XXXXBBBBB
    BB BBBBBBBBBBBXXX gettext(u'Course or certificate:')  XXXXBBBBB
    XXX XXXXXXXXXXXXXXXXXX
      XXXX
         gettext(u'switched too early: %(n)s of %(total)s') 
          SSSSSSSS SSS SSSSSS SSSSS SS SSSSSSSSS
        
        BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
          XXXXXXXX gettext(u'(too many)') XXXXXXXXX
        BBBBB
      XXXXX
      XXXX
         gettext(u'too fast: %(n)s of %(total)s') 
          SSS SSSSS SSSSS SS SSSSSSSSS
        
        BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
          XXXXXXXX gettext(u'(too many)') XXXXXXXXX
        BBBBB
      XXXXX
      BBB BBBB BB BBBBBBBBBBBBBBXXXX gettext(u'please go through together:')  XXXXXBBBBBXXXX gettext(u'no contradictions') XXXXXBBBBBB
      XXXX gettext(u'at least %(n)s questions a level') SS SSSSS SSSSS SSSSSSSSS S SSSSSX BB BBBBBBBBBBBBBBBBBBB gettext(u'yes') BBBB gettext(u'no') BBBBBXXXXX
    XXXXX
  BBBBB
XXXXXX
