pub test {}
