package p

type T struct {
	a int `json:"a