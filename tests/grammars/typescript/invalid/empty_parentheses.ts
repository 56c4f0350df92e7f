const a = ();
