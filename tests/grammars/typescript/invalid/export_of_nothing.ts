export ;
