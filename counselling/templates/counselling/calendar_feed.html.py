BBBBBBB BBBBBBBBBBB
BBBBB BBBB
  XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBX XX
BBBBBBBB
BBBBB BBBBB
   gettext(u'My appointments in another calendar') 
BBBBBBBB
BBBBB BBBBB
  XXXX XXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Path') XX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBXX gettext(u'My account') XXXX
  XXXXXX
BBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'My appointments in another calendar') 
BBBBBBBB
BBBBB BBBB
  XXXX XXXXXXXXXXXXXXXXXX
    BB BBBBB
      XXXX XXXXXXXXXX XXXXX XXXXXXXXXXXXX
        BBBB BBBBBBBBBBBBBBBBBBBB
        XXX gettext(u'The form was sent twice, and the address is shown only once. If you have not copied it, make a new one.') XXXX
      XXXXXX
    BBBBB
    BB BBBBBBB
      XXXXXXXX XXXXXXXXXXXX XXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXX gettext(u'Your address') XXXXX
        XX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXBBBB BBBBBBBBBBBBBBB gettext(u'Open in the calendar of this device') XXXXXXXX
        XX XXXXXXXXXXXX gettext(u'It is shown only now. Copy it into your calendar program as a calendar by address (subscription). Whoever has the address sees when you have appointments: keep it to yourself.') XXXX
      XXXXXXXXXX
    BBBBB
    XXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX gettext(u'State') XXXXXXXXXXXXXX
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
      XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX
        XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXX
          BBBBBBBBBB
          XXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXXX XX
          XXXXXXX XXXXXXXXXXXXX
                  XXXXXXXXXX BB BBBBXXXXXXXXXXXXXXXXXXXXXBBBBXXXXXXXXXXXBBBBBX
                  BB BBBB XXXXXXXXXXXXXX gettext(u'Make a new address?') X XXXXXXXXXXXXXXXXXXX gettext(u'The old address stops working. Calendars that use it need the new one.') X XXXXXXXXXXXXXXXXXX gettext(u'Make a new address') X XXXXXXXXXXXXXXXXX gettext(u'Keep') XBBBBBXBB BBBB gettext(u'Make a new address') BBBB gettext(u'Make an address') BBBBBXXXXXXXXX
        XXXXXXX
        BB BBBB
          XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX
            BBBBBBBBBB
            XXXXXXX XXXXXXXXXXXXX
                    XXXXXXXXXX XXXXXXXXXX
                    XXXXXXXXXXXXXX gettext(u'Close the address?') X
                    XXXXXXXXXXXXXXXXXXX gettext(u'Calendars that use it get nothing any more. Your appointments here stay.') X
                    XXXXXXXXXXXXXXXXXX gettext(u'Close the address') X
                    XXXXXXXXXXXXXXXXX gettext(u'Keep') XX gettext(u'Close the address') XXXXXXXXX
          XXXXXXX
        BBBBB
      XXXXXX
    XXXXXXXXXX
    XXXXXXXX XXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXX gettext(u'What others see there') XXXXX
      XXX gettext(u'Only “Appointment”, begin, end and room. No name, no subject, no language. A reminder comes 15 minutes before; cancelled ones are marked as cancelled.') XXXX
      XX XXXXXXXXXXXX gettext(u'Calendar programs fetch the address about every hour. Changes are made here; the other calendar only shows them.') XXXX
    XXXXXXXXXX
  XXXXXX
BBBBBBBB
