impl &A for B {}
