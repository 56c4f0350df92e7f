s = '"' "'" '''it's ''quoted''.''' """say "hi".\""""
