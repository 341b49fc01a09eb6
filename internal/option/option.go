// Package option has the one type of option that packages nplusgone and nplusgonetest take.
package option

import (
	"errors"
	"fmt"
)

// An Option is one setting of a front door: of a function of package nplusgone or nplusgonetest that takes options. The
// zero value is no option.
type Option struct {
	name  string
	doors string
	value any
}

// New returns an option. name is the function that the caller wrote, such as "WithLevel"; doors are the functions that
// take it, for the error of one that does not; value is what it sets.
func New(name, doors string, value any) Option { return Option{name, doors, value} }

// Apply calls take with the value of each option, in order. It returns an error for the first option that take reports it
// has no use for; door is the function that was given the options.
func Apply(door string, opts []Option, take func(value any) bool) error {
	for _, o := range opts {
		switch {
		case o.value == nil:
			return errors.New("an empty option")
		case !take(o.value):
			return fmt.Errorf("%s is not an option of %s: pass it to %s", o.name, door, o.doors)
		}
	}
	return nil
}
