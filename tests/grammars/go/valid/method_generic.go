package p

func (l *List[T]) Map[U any](f func(T) U) *List[U] {
	return nil
}
