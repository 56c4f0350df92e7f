package p
import"fmt"
import."math"
