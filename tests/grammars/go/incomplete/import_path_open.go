package p

import "fm