package fakebase

import (
	"database/sql/driver"
	"fmt"
)

// Types of arguments that database/sql does not know: only a checker or a converter of the driver's can convert them.
type (
	Celsius struct{ Degrees int } // becomes a driver.Value
	Hint    struct{ Text string } // a checker removes it from the arguments
	Refused struct{}              // Err is returned for it
)

// check is the NamedValueChecker of connections and statements; the text for a Celsius names the part that it belongs to.
func check(who string, v *driver.NamedValue) error {
	switch value := v.Value.(type) {
	case Celsius:
		v.Value = fmt.Sprintf("%s: %d degrees", who, value.Degrees)
		return nil
	case Hint:
		return driver.ErrRemoveArgument
	case Refused:
		return Err
	}
	return driver.ErrSkip
}

// toValue is the converter of one column.
type toValue struct{ index int }

func (c toValue) ConvertValue(v any) (driver.Value, error) {
	switch value := v.(type) {
	case Celsius:
		return fmt.Sprintf("column %d: %d degrees", c.index, value.Degrees), nil
	case Refused:
		return nil, Err
	}
	return driver.DefaultParameterConverter.ConvertValue(v)
}
