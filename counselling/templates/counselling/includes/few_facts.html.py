
XXXBB BBBBBBBBBBBBBBBBB X  gettext(u'born %(year)s') SSSS SSSSSSSSBBBBB X  gettext(u'in charge: %(name)s') SS SSSSSSS SSSSSSSSXXXX
