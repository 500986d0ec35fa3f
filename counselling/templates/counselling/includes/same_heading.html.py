
BB BBBBB
   ngettext(u'%(n)s person could be the same', u'%(n)s persons could be the same', count) 
    SSSSS SSSSSS SSSSS SS SSS SSSS
  
    PPPPP PPPPPPP PPPPP PP PPP PPPP
  
BBBB
  
BBBBB
