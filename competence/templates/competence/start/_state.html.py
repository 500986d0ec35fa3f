XXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXX
  XXXX XXXXXXXXXXXXXXXXXXX
    XXXX gettext(u"At the client's PC") XXXXX
  XXXXXX
  XXXX XXXXXXXXXXXXXXXXXXXXXX
    XXXX XXXXXXXXXXXXXXXXXXX
      XX XXXXXXXXXXXXXX
         XXXXXXXXXX
         XXXXXXXXXXXX gettext(u'Pictures of this session') XX
        BBB BBBB BB BBBBBBBBBBBBBBB
          BBB BBBB
        BBBBBB
      XXXX
      XXX gettext(u"The same two pictures stand at the top of the client's page.") XXXX
      XXX gettext(u'Mother tongue') X XXXX XXXXXXXXXXXXXXXXXX
    XXXXXX
    XXXX XXXXXXXXXXXXXXXXXX
         XXXXXXXXXXXXXXX
         XXXXXXXXXXXXXXXXXX
         BB BBBBBBBXXXXXXXXBBB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBX XXXXXXXXXXXXXXXXX XXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXBBBBBX
      BB BBBBBBBBBBB
        XXX _("All questions are done.") XXXX
        XXX gettext(u'Next: look at the profile together.') XXXX
      BBBB BBBBBBB
        XXX
          BB BBBBBBBB
             gettext(u'Running: part %(part)s of %(parts)s') 
              SSSSSSSS SSSS SSSSSSSS SS SSSSSSSSS
            
            BBBBB BBBBBB BBBBB BBBBBBBBBBBBB
          BBBB
             _("Running") 
          BBBBB
        XXXX
        BB BBBBBBBB
          XXX
             gettext(u'%(done)s of %(all)s questions done') 
              SSSSSSSS SS SSSSSSS SSSSSSSSS SSSS
            
          XXXX
        BBBBB
      BBBB BBBBBBBBBBB
        XXX _("Paused") XXXX
        BB BBBBBBBB
          XXX
             gettext(u'%(done)s of %(all)s questions done') 
              SSSSSSSS SS SSSSSSS SSSSSSSSS SSSS
            
          XXXX
        BBBBB
        XXX gettext(u'With a new code the client goes on where it stopped.') XXXX
      BBBB BBBBBBBBBB
        XXX _("Waiting for the code") XXXX
      BBBB
        XXX _("Not yet started") XXXX
      BBBBB
      BB BBBBBBBBBB BBB BBB BBBBBBB
        XXX
           gettext(u'The code can be used once, until %(until)s.') 
            SSS SSSS SSS SS SSSS SSSSS SSSSS SSSSSSSSSS
          
        XXXX
      BBBBB
    XXXXXX
    BB BBBBBBB
      XXXX XXXXXXXXXXXXXXXXXXX
        BB BBBB
          XX XXXXXXXXXXXXXXXX gettext(u'Code for the client') XXXX
          XX XXXXXXXXXXXXXXXXXX XXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXBBB BBBBB BB BBBBBB BBBBBBBBBBBBBBBB BB BXXXXXXXXXBBBBBXXXXXXXBBBBBBXXXX
          XXX gettext(u"Address at the client's PC") X XXXXXXX XXXXXXXXXXBBB BBBBBBBBBBBBBBBXXXXXXXXXXXXX
        BBBBB
        XXXX XXXXXXXXXXXXXXXXXXXXXX
          XXXXX XXXXXXXXXXXXX
                XXXXXXXXBBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBX
                XXXXXXXXXBBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBX
                XXXXXXXXXXXXXXXXXXXXXXXX
                XXXXXXXXXXXXXXXXXXXX
            BBBBBBBBBB
            XXXXXXX XXXXXXXXXX BB BBBB BB BBBBBBBXXXXXXXXXXXXXXXXXXXXXBBBBXXXXXXXXXXXBBBBBX
                    XXXXXXXXXXXXXX
              BBBB BBBBB
              BB BBBB
                 gettext(u'Another code') 
              BBBB
                 gettext(u'Show a code') 
              BBBBB
            XXXXXXXXX
          XXXXXXX
          XXXXX XXXXXXXXXXXXX
                XXXXXXXXBBB BBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX
            BBBBBBBBBB
            XXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBBBB gettext(u'Start on this PC') XXXXXXXXX
          XXXXXXX
          BB BBBBBBB
            XXXXX XXXXXXXXXXXXX
                  XXXXXXXXBBB BBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX
              BBBBBBBBBB
              XXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBBBBB gettext(u'End the session') XXXXXXXXX
            XXXXXXX
          BBBBB
        XXXXXX
        XX XXXXXXXXXXXXXXXXXXX gettext(u'“Start on this PC” signs you out first. Afterwards you sign in again.') XXXX
      XXXXXX
    BBBBB
  XXXXXX
XXXXXXXXXX
