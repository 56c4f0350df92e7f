try { a(); }
b();
