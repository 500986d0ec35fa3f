BBBBBBB BBBBBBBBBBB
BBBBB BBBBB
   gettext(u'Start the competence assessment') 
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Competence assessment') 
BBBBBBBB
BBBBB BBBBBBBBBB BBBBBB X BBBBBBBB
BBBBB BBBBBBBBBBBBBBBBBB
BBBBB BBBB
  BB BBBBBBBBBBBBBBBBBBBBB
    XXXX XXXXXXXXXX XXX XXXXXX
      BBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB
      XXX gettext(u'No questionnaire is published. Please ask the coordination.') XXXX
    XXXXXX
  BBBBB
  BB BBB BBBBBBBBBBB
    XXXX XXXXXXXXXX XXXX XXXXXX
      BBBB BBBBBBBBBBBBBBBBBBBB
      XXX
         gettext(u"The client's consent to keeping data is not recorded yet. Please talk about it first and record it on the client's page.") 
      XXXX
    XXXXXX
  BBBBB
  XXXXXXXX XXXXXXXXXXXXXX
    XXXX XXXXXXXXXXXXXXXXXXX
      XXXX
        BB BBBBBBB
           gettext(u'An assessment is open') 
        BBBB
           gettext(u'What happens now') 
        BBBBB
      XXXXX
    XXXXXX
    XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
      BB BBBBBBB
        XXX gettext(u'The client can go on where it stopped. All answers so far are there.') XXXX
        XXXXX XXXXXXXXXX XXXXXXXXXXXX
              XXXXXXBBB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXXBBBB BBBBBBBBBBBBB gettext(u'Go on with it') XXXXXXXX
      BBBB
        XXXX
          XXXX gettext(u'You get a code of eight digits and two pictures.') XXXXX
          XXXX gettext(u'The client types in the code at the PC and chooses the mother tongue.') XXXXX
          XXXX gettext(u'About 80 simple questions follow, alone and without time pressure. Breaks are possible at any time.') XXXXX
          XXXX gettext(u'Before the first question the client is asked whether switching the language may be noted. Refusing costs nothing.') XXXXX
        XXXXX
        BB BBBBBBBB
          XXX
             ngettext(u'There is %(counter)s finished assessment already. The two can be compared later.', u'There are %(counter)s finished assessments already. They can be compared later.', count) 
              SSSSS SS SSSSSSSSSSS SSSSSSSS SSSSSSSSSS SSSSSSSS SSS SSS SSS SS SSSSSSSS SSSSSS
            
              PPPPP PPP PPPPPPPPPPP PPPPPPPP PPPPPPPPPPP PPPPPPPP PPPP PPP PP PPPPPPPP PPPPPP
            
          XXXX
        BBBBB
        XXXXX XXXXXXXXXXXXXX
          BBBBBBBBBB
          
          XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBBBBB gettext(u'Create the assessment') XXXXXXXXX
        XXXXXXX
      BBBBB
    XXXXXX
  XXXXXXXXXX
BBBBBBBB
