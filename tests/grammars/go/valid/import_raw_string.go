package p

import m `lib/math`
