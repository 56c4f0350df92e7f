/// d
test {}
