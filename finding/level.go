package finding

import (
	"fmt"
	"strings"
)

// A Level says how certain a finding is. Levels are ordered: a higher level is more certain.
type Level uint8

// The levels.
const (
	Suspect Level = iota + 1 // a heuristic: shown, and by default it never fails a check
	Likely                   // the same statement and the same call stack, in a loop
	Proven                   // the data leaves no other reading
)

// DefaultLevel is the lowest level that counts unless another one is set: that fails a test or is logged.
const DefaultLevel = Likely

var levelNames = map[Level]string{Suspect: "suspect", Likely: "likely", Proven: "proven"}

// String returns the lower-case name of l, which ParseLevel reads.
func (l Level) String() string {
	if name, ok := levelNames[l]; ok {
		return name
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// ParseLevel returns the level with the given name: suspect, likely or proven, in any case.
func ParseLevel(name string) (Level, error) {
	for l, n := range levelNames {
		if strings.EqualFold(n, name) {
			return l, nil
		}
	}
	return 0, fmt.Errorf("finding: unknown level %q (want suspect, likely or proven)", name)
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *Level) UnmarshalText(text []byte) (err error) {
	*l, err = ParseLevel(string(text))
	return err
}
