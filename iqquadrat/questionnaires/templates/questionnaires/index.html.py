BBBBBBB BBBBBBBBBBB
BBBBB BBBBB
   gettext(u'Questionnaires') 
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Questionnaires') 
BBBBBBBB
BBBBB BBBB
   gettext(u'Questions, translations and how far they are') 
BBBBBBBB
BBBBB BBBBBBBBBBBB
  BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    XX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBXXBBBB BBBBBBBB  gettext(u'Take a workbook in') XXXX
  BBBBB
BBBBBBBB
BBBBB BBBB
  BB BBBBBBBBBBBBBBBBBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBB
  BBBBB
BBBBBBBB
BBBBB BBBB
  BB BBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Questionnaires') XX
      XXXX XXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Questionnaire') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Version') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Questions') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Translations') XXXXX
              XXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX gettext(u'Download') XXXXXXXXXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBB BB BBBBB
              BBBB BBBBBBBBBBBBBBBBBBBB
                XXXX
                  XXX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBXXXXXXXXXXX
                  XXX XXXXXXXXX gettext(u'Version') XX
                    XXXXX XXXXXXXXXXXX BB BBBBBBBBBBBBB BB BBBBBBBBBBBXXBBBB BBBBBBBBBBBBB BB BBBBBBBXXXXBBBBXXXBBBBBXXBB BBBBBBBBBBBBB BB BBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBB BB BBBBBBBBBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBBBBX XXXXXXX
                  XXXXX
                  XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Questions') XXXXXXX
                  XXX XXXXXXXXX gettext(u'Translations') XX
                    XXX XXXXXXXXXXXXXXXXXXXX XXXXX
                      BBB BBBBBBBB BB BBBBBBBBBBBBBB
                        XXXX
                          BB BBBBBBBBBBBBBBBBBBBBBBB
                             gettext(u'%(name)s: %(present)s of %(total)s texts') 
                              SSSSSSSSS SSSSSSSSSSS SS SSSSSSSSS SSSSS
                            
                          BBBB BBBBBBBBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBBBBBBBB
                             gettext(u'%(name)s: all reviewed') SSSSSSSSS SSS SSSSSSSS
                          BBBB
                             gettext(u'%(name)s: complete, %(draft)s drafts, %(outdated)s outdated') 
                              SSSSSSSSS SSSSSSSSS SSSSSSSSS SSSSSSS SSSSSSSSSSSS SSSSSSSS
                            
                          BBBBB
                        XXXXX
                      BBBBB
                        XXX XXXXXXXXXXXXX gettext(u'German only') XXXXX
                      BBBBBB
                    XXXXX
                  XXXXX
                  XXXX
                    XX XXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXXXXXXX
                       XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBXXBBBB BBBBBBBBBB XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX  XXXXXXXXXXX
                  XXXXX
                XXXXX
              BBBBBBB
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBB
    XXXXXXXXXX
  BBBB
    XXXX XXXXXXXXXXXXXX
      XXX
        XXXXXXXX gettext(u'No questionnaire yet') XXXXXXXXX
        XXX XX
         gettext(u'The questionnaires are loaded when the programme is installed. You can also take a workbook in.') 
      XXXX
    XXXXXX
  BBBBB
BBBBBBBB
