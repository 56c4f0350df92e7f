//go:build linux && !cgo

package p
