import a from b.c(1);
import d from {};
