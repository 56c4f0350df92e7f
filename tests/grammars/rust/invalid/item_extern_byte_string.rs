extern b"C" {}
