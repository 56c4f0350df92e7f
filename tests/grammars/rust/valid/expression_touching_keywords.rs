fn f(){if(a){}else{}match(b){}while(c){}for(d)in(e){}return(g);return&h;break(i);let(j)=k;l as(u8);if!m{}else if(n){}unsafe{}loop{}async{};move||o;&mut(p);&mut*q;&mut[1];}
