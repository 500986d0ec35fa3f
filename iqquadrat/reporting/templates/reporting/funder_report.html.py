BBBBBBB BBBBBBBBBBBBBBBB
BBBB BBBBBBBB
BBBBB BBBB
  XXXX XXXXXXXXXXXXX
    XXX gettext(u'Source: records of the counselling centre, counted by the definitions at the end of this report.') XXXX
    XX XXXXXXXXXXXXXXXX
      XXXXXXX FFFFFFFFFFFFFFFFFF X FFFFFFFFFFFFFFFFFFXXXXXXX
      XXXXXX gettext(u'Page')  XXXXX XXXXXXXXXXXXXXXXXXXXXXX  pgettext(u'page x of y', u'of')  XXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XXXX
  XXXXXX
BBBBBBBB
BBBBB BBBBB
  XXXXX XXXXXXXXXXX
    XXXXXXXX XXXXXXXXXXXXXXXXX
      XX XXXXXXXXXXXXXXXX gettext(u'Report to the funder') XXXX
      XXXX
        BB BBBBBBBBB
          
        BBBB
           gettext(u'All programmes') 
        BBBBB
      XXXXX
      BB BBBBBBBBBBBBBBBXX XXXXXXXXXXXXXXXXXXXXBBBBB
      XXXXXX XXXXXXXXXXXXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Period') XXXXX
            XXXXFFFFFFFFFFFFFFFFFF X FFFFFFFFFFFFFFFFFFXXXXX
          XXXXX
          BB BBBBBBBBBBBBBBBB
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Funder') XXXXX
              XXXXXXXXX
            XXXXX
          BBBBB
          BB BBBBBBBBBBBBBBBBBBB
            XXXX
              XXX XXXXXXXXXXXX gettext(u"Funder's reference") XXXXX
              XXXXXXXXX
            XXXXX
          BBBBB
          BBB BBBBBB BB BBBBBBB
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Centre') XXXXX
              XXXX
                BB BBBBBBBBBBBBBBBX BBBBB
                BB BBBBBBBBBBBBBBBBBBB
                  XXXX
                  
                BBBBB
              XXXXX
            XXXXX
          BBBBBB
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Counted on') XXXXX
            XXXXFFFFFFFFFFFFFFFFFFXXXXX
          XXXXX
        XXXXXXXX
      XXXXXXXX
      XXXXXX XXXXXXXXXXXXXXXXX
        XXXXXXX
          XXXX
            BBB BBBBBBBB BBBBB BB BBBBB
              XXXX
                XX XXXXXXXXXXXXFFFFFFFFXXXX
                XXX
                  
                  BB BBBBBBBBBBBBBB BB BBB BBBB
                    XXXXXXX
                       gettext(u'Target %(target)s') 
                        SSSSSS SSSSSSSSSS
                      
                    XXXXXXXX
                  BBBBB
                XXXX
                XXXX XXXXXXXXXXXXXXXXXXXX
              XXXXX
            BBBBBB
          XXXXX
        XXXXXXXX
      XXXXXXXX
      XX XXXXXXXXXXXXXXX
         gettext(u'Each square is one record. Lighter: employment that is not on the primary labour market. Dashed: missing to the target.') 
      XXXX
    XXXXXXXXXX
    XXXXXXXX XXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXXX
        XXXXX XXXXXXXXXXXXXXXXXXXXXX gettext(u'Results against targets') 
      XXXXX
      BB BBBBBBBBBBBBBBB
        XXXXXX XXXXXXXXXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Figure') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Target') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Value') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBBBB BB BBBBBBBBBBBBBBB
              XXXX
                XXX XXXXXXXXXXXXXXXXX
                XXXXFFFFFFFFXXXXX
                XXXXFFFFFFFFXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      BBBB
        XX XXXXXXXXXXXXXXXX gettext(u'No targets were agreed for this programme.') XXXX
      BBBBB
      XXXX gettext(u'Step by step') XXXXX
      XXXXXX XXXXXXXXXXXXXXXX
        XXXXXXX
          BBB BBBBB BBBBB BB BBBBB
            XXXX
              XXX XXXXXXXXXXXXXXXXX
              XXXXXXXXX
              XXXX
                FFFFFFFF
                BB BBBBBBB BB BBB BBBB
                   gettext(u'of %(whole)s') 
                    SS SSSSSSSSS
                  
                BBBBB
              XXXXX
            XXXXX
          BBBBBB
        XXXXXXXX
      XXXXXXXX
      XX XXXXXXXXXXXXXXX gettext(u'Persons. The bar shows the part of the number it is compared with.') XXXX
      XXXX XXXXXXXXXXXXXXXX
        XXXX gettext(u'Consultations and short contacts by month') XXXXX
        XXXX XXXXXXXXXXXXXXXXXXXXXXXXX
        XX XXXXXXXXXXXXXXX
           gettext(u'Dark: consultations. Light, on top: short contacts. The uppermost line stands for %(top)s; the numbers stand in the table.') 
            SSSSS SSSSSSSSSSSSSS SSSSSS SS SSSS SSSSS SSSSSSSSS SSS SSSSSSSSS SSSS SSSSSS SSS SSSSSSSS SSS SSSSSSS SSSSS SS SSS SSSSSS
          
        XXXX
        XXXXXX XXXXXXXXXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Month') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Consultations') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Short contacts') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Together') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBB BB BBBBBBBBBBBBB
              XXXX
                XXX XXXXXXXXXXXXFFFFFFF FFXXXXX
                XXXXFFFFFFFFXXXXX
                XXXXFFFFFFFFXXXXX
                XXXXFFFFFFFFXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
    XXXXXXXXXX
    BBB BBBBBBBB BBBBBB BB BBBBBBBB
      XXXXXXXX XXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXX
          XXXXX XXXXXXXXXXXXXXFFFFFXXXXXXX
        XXXXX
        XXXXXX XXXXXXXXXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Figure') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Value') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBBBB BB BBBBBBBBBBBBBBB
              XXXX
                XXX XXXXXXXXXXXXXXXXX
                XXXXFFFFFFFFXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
        BBB BBBBBB BBBB BB BBBBBB
          BB BBBBBBBBBBB
            XXXX XXXXXXXXXXXXXXXX
              XXXXXXXXX
              XXXXXX XXXXXXXXXXXXXXXX
                XXXXXXX
                  BBB BBBBBB BBBBB BB BBBB
                    BB BBBBBBBBBBB BB BBB BBBBBBBBB
                      XXXX
                        XXX XXXXXXXXXXXXXXXXX
                        XXXXXXXXX
                        XXXXFFFFFFFFXXXXX
                      XXXXX
                    BBBBB
                  BBBBBB
                XXXXXXXX
              XXXXXXXX
              XX XXXXXXXXXXXXXXXXXXX
            XXXXXX
          BBBBB
        BBBBBB
      XXXXXXXXXX
    BBBBBB
    BB BBBBBBBBBBBBBBBBBB
      XXXXXXXX XXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXX gettext(u'Corrections after closing') XXXXX
        XX XXXXXXXXXXXXXXXX
           gettext(u'What was made, changed or deleted after a reporting period was closed. Figures reported earlier may differ by it.') 
        XXXX
        BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBB BBBBBB
      XXXXXXXXXX
    BBBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXXX gettext(u'What the figures do not say') XXXXX
      XX XXXXXXXXXXXXXXXX
         gettext(u'There is no comparison group: whether a person would have found work without counselling remains open. The figures describe what was recorded; what was not recorded is missing in them. Missing answers are counted and shown as “not stated”. No percentages are given.') 
          SSSSS SS SS SSSSSSSSSS SSSSSS SSSSSSS S SSSSSS SSSSS SSSS SSSSS SSSS SSSSSSS SSSSSSSSSSS SSSSSSS SSSSS SSS SSSSSSS
          SSSSSSSS SSSS SSS SSSSSSSSS SSSS SSS SSS SSSSSSSS SS SSSSSSS SS SSSSS SSSSSSS SSSSSSS SSS SSSSSSS SSS SSSSS SS SSSS
          SSSSSSSS SS SSSSSSSSSSS SSS SSSSSS
        
      XXXX
      XX XXXXXXXXXXXXXXXX
         gettext(u'How often clients switched a question into their mother tongue serves the talk between counsellor and client alone. It is no statistic and stands in no report.') 
          SSS SSSSS SSSSSSS SSSSSSSS S SSSSSSSS SSSS SSSSS SSSSSS SSSSSS SSSSSS SSS SSSS SSSSSSS SSSSSSSSSS SSS SSSSSS SSSSSS SS SS
          SS SSSSSSSSS SSS SSSSSS SS SS SSSSSSS
        
      XXXX
      XXX XXXXXXXXXXXXXXXXX gettext(u'How it is counted') XXXXX
      XXXXXX XXXXXXXXXXXXXXX XXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Figure') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Definition') XXXXX
          XXXXX
        XXXXXXXX
        XXXXXXX
          BBB BBBBBBB BB BBBBBBBBBBBBBB
            XXXX
              XXX XXXXXXXXXXXXXXXXX
              XXXXXXXXX
            XXXXX
          BBBBBB
        XXXXXXXX
      XXXXXXXX
    XXXXXXXXXX
  XXXXXXX
BBBBBBBB
