BBBBBBBBBB BBB gettext(u'Good day %(name)s,') SSSS SSS SSSSSSSSS

 gettext(u'somebody asked for a new password for your account at %(site)s.') SSSSSSSS SSSSS SSS S SSS SSSSSSSS SSS SSSS SSSSSSS SS SSSSSSSSS

 gettext(u'With this link you choose it:') 



 gettext(u'The link works for %(minutes)s minutes and once.') SSS SSSS SSSSS SSS SSSSSSSSSSS SSSSSSS SSS SSSSS

 gettext(u'If it was not you, you need do nothing: your password stays as it is.') BBBBBBBBBBBBB
