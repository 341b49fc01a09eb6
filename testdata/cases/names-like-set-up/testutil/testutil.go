// Package testutil calls application code for a test.
package testutil

func Perform(handler func() error) error { return handler() }
