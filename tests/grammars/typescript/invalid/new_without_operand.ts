const a = new ;
