BBBBBBB BBBBBBBBBBB
BBBBB BBBBXXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBX XXBBBBBBBB
BBBBB BBBBB
   gettext(u'What the workbook changes') 
BBBBBBBB
BBBBB BBBBB
  XXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Where you are') XX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Questionnaires') XXXX X XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Take a workbook in') XXXX
  XXXXXX
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'What the workbook changes') 
BBBBBBBB
BBBBB BBBB
  XXXXXXXXXXX
BBBBBBBB
BBBBB BBBB
  BB BBBBB
    XXXX XXXXXXXXXX XXXXX XXXXXXXXXXXXX
      BBBB BBBBBBBBBBBBBBBBBBBB
      XXX gettext(u'Texts have changed since you read this page. Nothing was taken in. Please look at what would change now.') XXXX
    XXXXXX
  BBBBB
  XXXX XXXXXXXXXX BB BBBBBBBBBBBBBBXXXXBBBBXXXXBBBBBXX
    BBBB BBBBBBBBBBBBB
    XXX
      BB BBBBBBBBBBBBBBB
         gettext(u'Everything in this workbook stands here already. Taking it in changes nothing.') 
      BBBB BBBBBBBBBBBBBB
         gettext(u'Questions and German are those of %(title)s, version %(number)s. The translations below come in as drafts of yours; another person reviews them.') 
          SSSSSSSSS SSS SSSSSS SSS SSSSS SS SSSSSSSSSS SSSSSSS SSSSSSSSSSS SSS SSSSSSSSSSSS SSSSS SSSS SS SS SSSSSS SS SSSSSS SSSSSSS SSSSSS SSSSSSS SSSSS
        
      BBBB BBBBBBBBBBBBB
         gettext(u'Questions or German are other ones than in any version of %(title)s. A new draft is made, compared here with version %(number)s. Nothing is used before you publish it.') 
          SSSSSSSSS SS SSSSSS SSS SSSSS SSSS SSSS SS SSS SSSSSSS SS SSSSSSSSSS S SSS SSSSS SS SSSSS SSSSSSSS SSSS SSSS SSSSSSS SSSSSSSSSSS SSSSSSS SS SSSS SSSSSS SSS SSSSSSS SSS
        
      BBBB
         gettext(u'This questionnaire is not known yet. A first draft is made of it. Nothing is used before you publish it.') 
      BBBBB
    XXXX
  XXXXXX
  XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXX gettext(u'Translations') XXXXXXXXXXXXXX
    BB BBBBBBBBB
      XXXX XXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Language') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX pgettext(u'texts', u'added') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX pgettext(u'texts', u'changed') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX pgettext(u'texts', u'outdated') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX pgettext(u'texts', u'unchanged') XXXXX
              XXX XXXXXXXXXXX XXXXXXXXXXXX pgettext(u'texts', u'missing') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBB BBB BB BBBBBBBBB
              XXXX
                XXX XXXXXXXXXXXXXXXXX
                XXX XXXXXXXXXXX XXXXXXXXX pgettext(u'texts', u'added') XXXXXXX
                XXX XXXXXXXXXXX XXXXXXXXX pgettext(u'texts', u'changed') XXXXXXX
                XXX XXXXXXXXXXX XXXXXXXXX pgettext(u'texts', u'outdated') XXXXXXX
                XXX XXXXXXXXXXX XXXXXXXXX pgettext(u'texts', u'unchanged') XXXXXXX
                XXX XXXXXXXXXXX XXXXXXXXX pgettext(u'texts', u'missing') XXXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
    BBBB
      XX XXXXXXXXXXXXXXXXXXX gettext(u'German only') XXXX
    BBBBB
  XXXXXXXXXX
  BB BBBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'German that is another one') XXXXXXXXXXXXXX
      XXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXXXXX XXXXXXXXXXXX gettext(u'Text') XXXXXXXX XXXXXXXXXXXX pgettext(u'a change', u'before') XXXXXXXX XXXXXXXXXXXX pgettext(u'a change', u'afterwards') XXXXXXXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBB BB BBBBBB
              XXXX
                XXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                XXX XXXXXXXXX XXXXXXXXX pgettext(u'a change', u'before') XXFFFFFFFFFFFXXXXX
                XXX XXXXXXXXX XXXXXXXXX pgettext(u'a change', u'afterwards') XXFFFFFFFFFFFXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
      BB BBBBBBBBBBBXX XXXXXXXXXXXXXXXXXXX ngettext(u'and %(more)s further text', u'and %(more)s further texts', count) SSS SSSSSSSS SSSSSSS SSSSPPP PPPPPPPP PPPPPPP PPPPPXXXXBBBBB
    XXXXXXXXXX
  BBBBB
  BB BBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'Translations that come in or need work') XXXXXXXXXXXXXX
      XXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXX XXXXXXXXXX
          XXXXXXX
            XXXXXXX XXXXXXXXXXXX gettext(u'Text') XXXXXXXX XXXXXXXXXXXX gettext(u'What happens') XXXXXXXX XXXXXXXXXXXX pgettext(u'a change', u'before') XXXXXXXX XXXXXXXXXXXX pgettext(u'a change', u'afterwards') XXXXXXXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBB BBBB BB BBBBB
              XXXX
                XXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                XXX XXXXXXXXX gettext(u'What happens') XXBB BBBBBBBBB BB BBBBBBB pgettext(u'texts', u'added') BBBB BBBBBBBBB BB BBBBBBBBB pgettext(u'texts', u'changed') BBBB pgettext(u'texts', u'outdated') BBBBBXXXXX
                XXX XXXXXXXXX pgettext(u'a change', u'before') XXXXXX XXXXXXX XXXXXXXXXXXFFFFFFFFFFFXXXXXXXXXXX
                XXX XXXXXXXXX pgettext(u'a change', u'afterwards') XXXXXX XXXXXXX XXXXXXXXXXXFFFFFFFFFFFXXXXXXXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
      BB BBBBXX XXXXXXXXXXXXXXXXXXX ngettext(u'and %(more)s further text', u'and %(more)s further texts', count) SSS SSSSSSSS SSSSSSS SSSSPPP PPPPPPPP PPPPPPP PPPPPXXXXBBBBB
    XXXXXXXXXX
  BBBBB
  XXXXX XXXXXXXXXXXX XXXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXX XX
    XXXX XXXXXXXXXXXXXXXX
      XXXXX XXXXXXXXXXXXXX gettext(u'Nothing has changed yet.') XXXXXXX
      XX XXXXXXXXXX XXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Cancel') XXXX
      XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Take it in') XXXXXXXXX
    XXXXXX
  XXXXXXX
BBBBBBBB
