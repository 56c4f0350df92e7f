else a();
