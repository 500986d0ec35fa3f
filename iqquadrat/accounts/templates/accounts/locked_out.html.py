BBBBBBB BBBBBBBBBBB
BBBBB BBBBXXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBX XXBBBBBBBB
BBBBB BBBBB
   gettext(u'Too many tries') 
BBBBBBBB
BBBBB BBBB
  XXXX XXXXXXXXXXXXXX
    XX XXXXXXXXXXXXXXXXXXX gettext(u'Sign-in paused') XXXX
    XXXX gettext(u'Too many tries') XXXXX
    XXX
       ngettext(u'Sign-in with this name is paused for %(minutes)s minute. Please wait, then try again.', u'Sign-in with this name is paused for %(minutes)s minutes. Please wait, then try again.', count) 
        SSSSSSS SSSS SSSS SSSS SS SSSSSS SSS SSSSSSSSSSS SSSSSSS SSSSSS SSSSS SSSS SSS SSSSSS
      
        PPPPPPP PPPP PPPP PPPP PP PPPPPP PPP PPPPPPPPPPP PPPPPPPP PPPPPP PPPPP PPPP PPP PPPPPP
      
    XXXX
    XXX gettext(u'If you do not remember your password, choose a new one by e-mail.') XXXX
    XXXX XXXXXXXXXXXXXXXXXXXXX
      XX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Choose a new password') XXXX
      XX XXXXXXXXXX XXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBXX gettext(u'Back to sign-in') XXXX
    XXXXXX
  XXXXXX
BBBBBBBB
