//go:build !cgo

package pgquery

var engine parser
