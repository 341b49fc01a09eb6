package fingerprint

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// A Dialect is the SQL dialect a text is read in. The zero value is Unknown.
type Dialect uint8

// The dialects. MySQL includes MariaDB. In Unknown a double-quoted text is a literal
// unless its position makes it a name.
const (
	Unknown Dialect = iota
	PostgreSQL
	MySQL
	SQLite
)

var dialectNames = [...]string{"unknown", "postgresql", "mysql", "sqlite"}

// String returns the lower-case name of d, which ParseDialect reads back.
func (d Dialect) String() string {
	if int(d) < len(dialectNames) {
		return dialectNames[d]
	}
	return fmt.Sprintf("Dialect(%d)", uint8(d))
}

// ParseDialect returns the dialect that name names, in any case: postgresql (postgres, pgx, pg), mysql (mariadb),
// sqlite (sqlite3) and unknown (or the empty string).
func ParseDialect(name string) (Dialect, error) {
	switch strings.ToLower(name) {
	case "postgresql", "postgres", "pgx", "pg":
		return PostgreSQL, nil
	case "mysql", "mariadb":
		return MySQL, nil
	case "sqlite", "sqlite3":
		return SQLite, nil
	case "unknown", "":
		return Unknown, nil
	}
	return Unknown, fmt.Errorf("fingerprint: unknown dialect %q (want one of %s)", name, strings.Join(dialectNames[:], ", "))
}

// An ID identifies a fingerprint: the first 128 bits of the SHA-256 of its text. It is the same in every run, on every
// machine, with and without cgo, and does not depend on the dialect.
type ID [16]byte

// String returns the 32 hexadecimal digits of id.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(id) {
		return fmt.Errorf("fingerprint: id %q has %d digits, not %d", text, len(text), hex.EncodedLen(len(id)))
	}
	_, err := hex.Decode(id[:], text)
	return err
}

// A Fingerprint is the shape that statements share when they differ only in values, spacing, comments, the case of
// keywords, and the length of IN lists and VALUES.
type Fingerprint struct {
	ID    ID     `json:"id"`
	Text  string `json:"text"`  // the normalised SQL; its own fingerprint is this one
	Facts Facts  `json:"facts"` // what the shape says of itself
}

// A Parsed is one SQL text read: its fingerprint, and what this one text adds to it. It is immutable and may be shared.
type Parsed struct {
	Fingerprint
	Bindings []Binding // parallel to Facts.Values
	Rows     int       // rows of VALUES in an INSERT, or selects of UNION; 1 for another INSERT … SELECT, 0 for other kinds
	MaxList  int       // values in the longest IN list or row list; 0 when there is none
	Literals uint64    // hash of all inlined literals in order; 0 when there is none. Differs from run to run.
	LimitOne bool      // the outermost LIMIT is the literal 1
	Partial  bool      // the text is longer than what facts are read from: Facts may miss the rest

	order []uint8 // positions of the values in the order that the ID is of; nil when the text has that order
}

// A Binding says where the value of Facts.Values[i] comes from in this text.
type Binding struct {
	Arg     int    // index of the argument, counted from 0; -1 for a literal
	Name    string // name of a named placeholder (:name, @name), without its mark
	Literal uint64 // value.Of the literal when Arg is -1; 0 for NULL
	Arity   int    // how many values the position holds: the length of the IN list, else 1

	// Separator is the text between the values of a ContainerSeparated; empty when it is not known.
	Separator string
}
