f<T> = = g
