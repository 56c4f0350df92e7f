fn f(){a=-b;c=&d;e=!f;g=*h;let i:V<V<u8>>=j;k&&!l;m-&n;}
