package fingerprint

import "strings"

// unquoted returns a quoted name as a fingerprint spells it: without quotes where the plain name means the same, else in
// the one form of quotes that its dialect reads back as a name.
func (e *emitter) unquoted(raw string) string {
	unicode := raw[0] == 'U' || raw[0] == 'u' // U&"…" is left as it is, but for the case of its prefix
	if unicode {
		return "U" + raw[1:]
	}
	open, name := raw[0], raw[1:len(raw)-1]
	closing := open
	if open == '[' {
		closing = ']'
	}
	double := string(closing) + string(closing)
	if strings.Contains(name, double) && closing != ']' {
		name = strings.ReplaceAll(name, double, string(closing))
	}
	if e.d == SQLite {
		name = lower(name)
	}
	if plain(e.d, name) {
		return name
	}
	quote := "`"
	if e.d == PostgreSQL || e.d == SQLite {
		quote = `"`
	}
	return quote + strings.ReplaceAll(name, quote, quote+quote) + quote
}

// plain reports whether name means the same without quotes.
func plain(d Dialect, name string) bool {
	if name == "" || isDigit(name[0]) || name[0] == '$' || keywordOf(name) != kwNone {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if !isWordByte(c) || c >= 0x80 || d == PostgreSQL && 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// lower folds the ASCII letters of s, as PostgreSQL and SQLite fold names. It returns s itself when there are none.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.Map(func(r rune) rune {
				if 'A' <= r && r <= 'Z' {
					return r + 'a' - 'A'
				}
				return r
			}, s)
		}
	}
	return s
}

func upper(s string) string {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			return strings.ToUpper(s)
		}
	}
	return s
}
