package p

import (
	_ "embed"
	"fmt"
	. "math"
	str "strings"
)
