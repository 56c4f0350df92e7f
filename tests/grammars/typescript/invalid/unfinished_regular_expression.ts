const a = /b;
