package fingerprint

import "strings"

// reserved are words that are no keywords here, but that cannot be names without quotes in a dialect; some of them, like
// PostgreSQL's user, mean something else then.
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

// reservedBegin has, for each length of a word, the letters that a reserved word of that length begins with: few names are
// worth looking up.
var reservedBegin = func() (begin [len(reserved)][32]uint32) {
	for d, words := range reserved {
		for w := range words {
			begin[d][len(w)] |= 1 << (w[0] & 31)
		}
	}
	return begin
}()
