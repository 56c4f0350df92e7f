package p

var x map[string]
