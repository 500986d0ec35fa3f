BBBBBBBBBB BBB gettext(u'Good day %(name)s,') SSSS SSS SSSSSSSSS

 gettext(u'an account at %(site)s was made for you.') SS SSSSSSS SS SSSSSSSS SSS SSSS SSS SSSS

 gettext(u'With this link you choose your password:') 



 gettext(u'The link works for %(minutes)s minutes and once.') SSS SSSS SSSSS SSS SSSSSSSSSSS SSSSSSS SSS SSSSS

 gettext(u'If the time is over, ask for a new link on the sign-in page under “Forgotten your password?”.') BBBBBBBBBBBBB
