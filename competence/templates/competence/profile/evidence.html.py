
XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
  XXXXXXX XXXXXXXXXXXXXXXXXXX
    XXXXX
      XX XXXXXXXXXXXXXXXXXXXBBBB BBBBBBBBBBB gettext(u'Only for the talk') XXXX
      XXX XXXXXXXXXXXXXXXX gettext(u'Understanding German in this questionnaire') XXXXX
    XXXXXX
    BB BBBBBBBB BBB BBB BBBBBBBBBBBBBB
      XX XXXXXXXXXXXXXXXXXXXXXXXXXXBB BBBBBBBBBBBBBBBBBBBB BBB BBB BBBBBBBBBBBBBBBBBBB BBBB BB BBBBBBBBBBBBBB BB BBB BBBBBBBBBBBBX BBBBBBBBBBBBB BBBBBBBBBBBBBBBB X BBBBBBBBBBBBBBXXXXXXXXXXXXX
    BBBBB
  XXXXXXXXX
  XX XXXXXXXXXXXXXXXXXXX gettext(u"Not a language level: it describes reading in this questionnaire on this day, and one person's answers depend on each other. Never for placement, businesses, certificates or statistics.") 
    BB BBBBBBBBBBBBBBBBBBBB BB BBBBBBBB
       gettext(u'The client agreed to the measuring.') 
    BBBB BBBBBBBBBBBBBBBBBBBB BB BBBBBBBBB
       gettext(u'The client did not want the measuring, and loses nothing by that.') 
    BBBBB
  XXXX
  BB BBBBBBBBBBBBBB
    XXXX XXXXXXXXXXXXX XXXXXXXXX XXXXX XXXXXXXXXXXXXXXXXXXX
      XX XXXXXXXXXXXX gettext(u'Set aside on %(day)s:') SSS SSSSS SS SSSSSSSS XXXXXXXXXXXXXXX
      BB BBBBBBB
        XXXXX XXXXXXXXXXXXX
              XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBXX
          BBBBBBBBBB
          XXXXXXX XXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Show it again') XXXXXXXXX
        XXXXXXX
      BBBBB
    XXXXXX
  BBBB BBB BBBBBBBB
    XX XXXXXXXXXXXX gettext(u'Worked out when the questionnaire is finished.') XXXX
  BBBB BBB BBBBBBBBBBBBBBBBBBBB
    XX XXXXXXXXXXXXXXXXXXXX gettext(u'not measured') XXXXXXXXXXXXX
  BBBB
    XXXX XXXXXXXXXXXXXXXXXX
         XXXXXXXXXXXX
         XXXXXXXXXXXX
         XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Level') XXXXX
            XXX XXXXXXXXXXX
                XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'answered in German, without help and not too fast') XX gettext(u'understood') XXXXXXXXXXXX
            XXX XXXXXXXXXXX
                XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'answered after the German was read aloud') XX gettext(u'by ear') XXXXXXXXXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'switched or asked for help after enough time to read, before the answer') XX gettext(u'switched') XXXXXXXXXXXX
            XXX XXXXXXXXXXX
                XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'changed the answer after a look at the mother tongue') XX gettext(u'changed') XXXXXXXXXXXX
            XXX XXXXXXXXXXX
                XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'switched or asked before the German could be read') XX gettext(u'too early') XXXXXXXXXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXX gettext(u"don't know or skipped") XX gettext(u'no answer') XXXXXXXXXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'too fast, not shown, or opened in the mother tongue') XX gettext(u'no evidence') XXXXXXXXXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'counts') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'95 %% interval') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Probes') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Statement') XXXXX
          XXXXX
        XXXXXXXX
        XXXXXXX
          BBB BBBB BB BBBBBBBBBBBBBB
            XXXX
              XXX XXXXXXXXXXXXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'understood') XXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'by ear') XXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'switched') XXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'changed') XXXXXXX
              XXX XXXXXXXXXX XXXX XXXXXXXXX gettext(u'too early') XXXXXXX
              XXX XXXXXXXXXX XXXX XXXXXXXXX gettext(u'no answer') XXXXXXX
              XXX XXXXXXXXXX XXXX XXXXXXXXX gettext(u'no evidence') XXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'counts') XXXXXXXX
                 gettext(u'<strong>%(k)s</strong> of %(n)s') 
                  SSSSSSSSSSSSSSSSSSSSSS SS SSSSS
                
              XXXXXXXXXXXX
              XXX XXXXXXXXXXXXXXXX
                BB BBBBBBBBBBBBB
                  BBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB
                BBBBB
              XXXXX
              XXX XXXXXXXXXX XXXX XXXXXXXXX gettext(u'95 %% interval') XX
                BB BBBBBBBBBBBBB
                   gettext(u'%(low)s to %(high)s') 
                    SSSSSSS SS SSSSSSSS
                  
                BBBBB
              XXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Probes') XX
                 gettext(u'%(n)s of %(total)s') 
                  SSSSS SS SSSSSSSSS
                
              XXXXX
              XXX XXXXXXXXX gettext(u'Statement') XXXXXXXBB BBBBBBBBBBBBBBBBXBBBBXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBXXXXXXXBB BBBBBBBBBBBXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXBBBBBBBBBBXXXXXXXXXXX
            XXXXX
          BBBBBB
        XXXXXXXX
      XXXXXXXX
    XXXXXX
    XXX XXXXXXXXXXXXXXXXXXX
      BB BBBBBBBBBBBBBBBXXXXXXXXX gettext(u'Own estimate:') XXXXXXXXXXXXXXXXXXXXBBBBB
      BB BBBBBBBBBBBXXXXXXXXX gettext(u'Course or certificate:') XXXXXXXXXXXXXXXXXXXXBBBBB
    XXXXX
    XXXXXXX XXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
            BBBB BBBBBBBBBBBBBBBBBBBB
          BBBB
            BBBB BBBBBBBB
          BBBBB
           gettext(u'switched too early: %(n)s of %(total)s') 
            SSSSSSSS SSS SSSSSS SSSSS SS SSSSSSSSS
          
        XXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
            BBBB BBBBBBBBBBBBBBBBBBBB
          BBBB
            BBBB BBBBBBBB
          BBBBB
           gettext(u'too fast: %(n)s of %(total)s') 
            SSS SSSSS SSSSS SS SSSSSSSSS
          
        XXXXX
        BBB BBBB BB BBBBBBBBBBBBBBXXXXBBBB BBBBBBBBBBB gettext(u'please go through together:')  XXXXXBBBBBXXXXBBBB BBBBBBBB gettext(u'no contradictions') XXXXXBBBBBB
        XXXXBB BBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB gettext(u'at least %(n)s questions a level') SS SSSSS SSSSS SSSSSSSSS S SSSSSBB BBB BBBBBBBBBBBBBBBBBBBX  gettext(u'no') BBBBBXXXXX
      XXXXX
      BB BBBBBBB
        XX XXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXXXXXXX
           XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBXX gettext(u'Set aside with a reason') XXXX
      BBBBB
    XXXXXXXXX
  BBBBB
XXXXXXXXXX
