// Package tools has no tests.
package tools
