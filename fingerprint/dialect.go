package fingerprint

import (
	"fmt"
	"strings"
)

// A Dialect is the SQL dialect that a text is read in. The zero value is Unknown.
type Dialect uint8

// The dialects. MySQL includes MariaDB.
const (
	Unknown Dialect = iota
	PostgreSQL
	MySQL
	SQLite
)

var dialectNames = [...]string{"unknown", "postgresql", "mysql", "sqlite"}

// String returns the lower-case name of d, which ParseDialect reads.
func (d Dialect) String() string {
	if int(d) < len(dialectNames) {
		return dialectNames[d]
	}
	return fmt.Sprintf("Dialect(%d)", uint8(d))
}

// ParseDialect returns the dialect with a name, in any case: postgresql (postgres, pgx, pg), mysql (mariadb), sqlite
// (sqlite3) and unknown (or the empty string). Another name is an error.
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

// reserved are the words of each dialect that are no keywords of this package, but that need quotes to be names. Without
// quotes some of them mean something else, as PostgreSQL's user does.
var reserved = [...]map[string]bool{
	PostgreSQL: words(`analyse analyze asymmetric authorization binary both cast check collate collation column
		concurrently constraint current_catalog current_date current_role current_schema current_time current_timestamp
		current_user deferrable foreign freeze grant initially leading localtime localtimestamp overlaps placing primary
		references session_user similar some symmetric system_user tablesample to trailing unique user variadic verbose window`),
	MySQL: words(`accessible add alter analyze asensitive before bigint binary blob both call cascade change char character
		check collate column condition constraint continue convert cube cume_dist current_date current_time
		current_timestamp current_user cursor database databases dec decimal declare delayed dense_rank describe
		deterministic distinctrow div double drop dual each elseif empty enclosed escaped exit explain first_value float
		force foreign fulltext function generated get grant grouping groups high_priority ignore index infile inout
		insensitive int integer iterate json_table key keys kill lag last_value lead leading leave linear lines load
		localtime localtimestamp lock long longblob longtext loop low_priority match maxvalue mediumblob mediumint
		mediumtext mod modifies nth_value ntile numeric of optimize option optionally out outfile percent_rank precision
		primary procedure purge range rank read reads real references regexp release rename repeat require resignal
		restrict return revoke rlike row row_number rows schema schemas sensitive separator show signal smallint spatial
		specific sql sqlexception sqlstate sqlwarning ssl starting stored system terminated tinyblob tinyint tinytext to
		trailing trigger undo unique unlock unsigned usage use utc_date utc_time utc_timestamp varbinary varchar varying
		virtual while window write xor zerofill`),
	SQLite:  words(`add alter check collate column constraint foreign index primary references to transaction unique`),
	Unknown: nil,
}

func words(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// reservedBegin has, for each dialect and length of a word, the set of letters that a reserved word of that length begins
// with. It saves most names the look-up.
var reservedBegin = func() (begin [len(reserved)][32]uint32) {
	for d, words := range reserved {
		for w := range words {
			begin[d][len(w)] |= 1 << (w[0] & 31)
		}
	}
	return begin
}()

// characterSets are the names of MySQL's character sets, which may precede a literal: _utf8mb4'x'.
var characterSets = words(`armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr
	filename gb18030 gb2312 gbk geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman sjis
	swe7 tis620 ucs2 ujis utf16 utf16le utf32 utf8 utf8mb3 utf8mb4`)
