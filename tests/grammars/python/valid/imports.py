import a
import a.b.c as d, e
from a import b
from a.b import c as d, e
from a import (b, c as d,)
from . import x
from .a import x
from ... import x
from .... a import(x)
from a import *
