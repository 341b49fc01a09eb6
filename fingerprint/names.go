package fingerprint

import "strings"

// name writes an unquoted name, folded as its dialect folds it. MySQL and many others keep its case.
func (e *emitter) name(raw string) {
	e.space(tokWord, raw)
	p := piece{kind: tokWord, start: len(e.buf), value: -1}
	e.buf = append(e.buf, raw...)
	if e.d == PostgreSQL || e.d == SQLite {
		lower(e.buf[p.start:])
	}
	e.wrote(p)
}

// quoted writes a quoted name: without quotes where the plain name means the same, else in the one form of quotes that its
// dialect reads back as a name.
func (e *emitter) quoted(raw string) {
	if raw[0] == 'U' || raw[0] == 'u' { // U&"d\0061t" is left as it is, but for its prefix
		e.write(piece{kind: tokWord, value: -1}, "U"+raw[1:])
		return
	}
	quote, name := raw[:1], raw[1:len(raw)-1]
	if raw[0] != '[' && strings.IndexByte(name, raw[0]) >= 0 {
		name = strings.ReplaceAll(name, quote+quote, quote)
	}
	if e.plain(name) {
		e.name(name)
		return
	}
	quote = "`"
	if e.d == PostgreSQL || e.d == SQLite {
		quote = `"`
	}
	if e.d == SQLite {
		b := []byte(name)
		lower(b)
		name = string(b)
	}
	e.write(piece{kind: tokWord, value: -1}, quote+strings.ReplaceAll(name, quote, quote+quote)+quote)
}

// plain reports whether name means the same without quotes.
func (e *emitter) plain(name string) bool {
	if e.fresh || name == "" || isDigit(name[0]) || name[0] == '$' {
		return false
	}
	if (e.lastByte != '.' || e.d == SQLite) && (keywordOf(name) != kwNone || e.reserves(name)) {
		return false // but after a dot no word is a keyword, except in SQLite
	}
	for i := range len(name) {
		c := name[i]
		if !isWordByte(c) || c >= 0x80 || e.d == PostgreSQL && 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// reserves reports whether the dialect reserves a word that is no keyword here.
func (e *emitter) reserves(name string) bool {
	return len(name) < 32 && reservedBegin[e.d][len(name)]>>((name[0]|0x20)&31)&1 == 1 && reserved[e.d][strings.ToLower(name)]
}

// lower folds the ASCII letters of b.
func lower(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}
