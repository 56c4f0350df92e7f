package p

var _ = []int{0, 42, 4_2, 0600, 0_600, 0o600, 0O600, 0xBadFace, 0xBad_Face, 0x_67_7a, 0b101, 0B1_0, 1_000_000}
