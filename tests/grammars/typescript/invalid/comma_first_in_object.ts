const a = { , b };
