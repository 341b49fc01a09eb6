//go:build !cgo

package main

var withCgo []reader
