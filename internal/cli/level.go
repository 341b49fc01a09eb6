package cli

import "github.com/nplusgone/nplusgone/finding"

// levelFlag is a flag with a level as its value.
type levelFlag struct{ finding.Level }

// UnmarshalText implements encoding.TextUnmarshaler for kong.
func (l *levelFlag) UnmarshalText(text []byte) error {
	level, err := finding.ParseLevel(string(text))
	if err != nil {
		return plain{err}
	}
	l.Level = level
	return nil
}
