// Package p does nothing.
//
// It's small.
package p
