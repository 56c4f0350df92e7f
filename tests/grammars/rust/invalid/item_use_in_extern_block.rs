extern "C" { use a; }
