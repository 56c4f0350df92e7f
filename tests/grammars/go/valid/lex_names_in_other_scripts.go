package p

var größe, 変数, _x9, ΑΒΓ int
