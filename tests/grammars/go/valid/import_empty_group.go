package p

import ()
