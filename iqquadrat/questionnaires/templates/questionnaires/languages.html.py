BBBBBBB BBBBBBBBBBB
BBBBB BBBBXXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBX XXBBBBBBBB
BBBBB BBBBB
   gettext(u'Languages') X 
BBBBBBBB
BBBBB BBBBB
  XXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Where you are') XX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Questionnaires') XXXX X XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBXXXXXX
  XXXXXX
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Languages') 
BBBBBBBB
BBBBB BBBB
   gettext(u'%(title)s, version %(number)s, %(state)s') 
    SSSSSSSSSS SSSSSSS SSSSSSSSSSS SSSSSSSSS
  
BBBBBBBB
BBBBB BBBB
  XXXX XXXXXXXXXX XXXXXX
    BBBB BBBBBBBBBBBBB
    XXXXX
      XXX gettext(u'A language that is on is offered question by question, as far as its texts go: where one is missing, the question stays German. Drafts are shown to clients too.') XXXX
      XXX gettext(u'Off means: nobody is offered this language in this questionnaire, in any version. No text is lost, and sittings that run go on in German.') XXXX
      XXX gettext(u'Not possible yet are languages in which the pages around the questions are missing; their texts can be prepared here.') XXXX
    XXXXXX
  XXXXXX
  XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Languages') XX
    XXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Languages') XX
      XXXXXX XXXXXXXXXXXX XXXX XXXXXXXX XXXXXXXXXXXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Language') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Texts') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Drafts') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Outdated') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Questions') XXXXX
            XXX XXXXXXXXXXX XXXXXXXXXXXX gettext(u'Recordings') XXXXX
            XXX XXXXXXXXXXXX gettext(u'For clients') XXXXX
          XXXXX
        XXXXXXXX
        XXXXXXX
          BBB BBB BB BBBB
            XXXX
              XXX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBB BBBBBBBBBBBBXXXXXXXXXXX
              XXX XXXXXXXXX gettext(u'Texts') XX
                BB BBBBBBBBBB
                  XXXXXX XXXXXXX XXXXXX XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
                  XXXXX XXXXXXXXXXXX gettext(u'%(present)s of %(total)s') SSSSSSSSSSS SS SSSSSSSSSXXXXXXX
                BBBB
                   gettext(u'not begun') 
                BBBBB
              XXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Drafts') XXBB BBBBBBBBBBBBBBXBBBBBXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Outdated') XXBB BBBBBBBBBBBBBBXBBBBBXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Questions') XXXXXXXX
              XXX XXXXXXXXXXX XXXXXXXXX gettext(u'Recordings') XXXXXXX
              XXX XXXXXXXXX gettext(u'For clients') XX
                BB BBBBBBBBBBBBBBB
                  XXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX
                    BBBBBBBBBB
                    XXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXX XX
                    XXXXXX XXXXXXXXXXXXX XXXXXXXXX XXXXXXXBB BBBBBBBBBXBBBBXBBBBBX XX
                    BB BBBBBBBBB
                       pgettext(u'language', u'on') 
                      BBBBB BBBB BBBBB
                      XXXXXXX XXXXXXXXXX XXXXXX XXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Switch off') XXXXX XXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
                    BBBB
                       pgettext(u'language', u'off') 
                      BBBBB BBBBB BBBBB
                      XXXXXXX XXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Switch on') XXXXX XXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
                    BBBBB
                  XXXXXXX
                BBBB
                  XXXXX XXXXXXXXXXXX gettext(u'not possible yet') XXXXXXX
                BBBBB
              XXXXX
            XXXXX
          BBBBBB
        XXXXXXXX
      XXXXXXXX
    XXXXXX
  XXXXXXXXXX
BBBBBBBB
