
XX XXXXXXXXXXXXXXXXX XXXXX
  BB BBB BBBB
     gettext(u'There is no address. With one, the calendar on your phone or in the office shows your appointments, without names.') 
  BBBB BBBBBBB
     gettext(u'There is an address, made on %(made)s. It was fetched last on %(last)s.') 
      SSSSS SS SS SSSSSSSS SSSS SS SSSSSSSSS SS SSS SSSSSSS SSSS SS SSSSSSSSS
    
  BBBB
     gettext(u'There is an address, made on %(made)s. It has not been fetched yet.') 
      SSSSS SS SS SSSSSSSS SSSS SS SSSSSSSSS SS SSS SSS SSSS SSSSSSS SSSS
    
  BBBBB
XXXX
