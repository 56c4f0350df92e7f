const a = b + ;
