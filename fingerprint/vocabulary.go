package fingerprint

import "strings"

// verbs are the words that begin a statement, but for those that are keywords, in the upper case of fingerprints.
var verbs = func() map[string]Kind {
	m := make(map[string]Kind)
	for kind, words := range map[Kind]string{
		Begin:     "BEGIN START",
		Commit:    "COMMIT",
		Rollback:  "ROLLBACK ABORT",
		Savepoint: "SAVEPOINT RELEASE",
		Schema:    "ALTER DROP TRUNCATE RENAME COMMENT GRANT REVOKE REINDEX",
		Utility: "SHOW PRAGMA EXPLAIN ANALYZE VACUUM LOCK UNLOCK USE DECLARE LISTEN NOTIFY UNLISTEN CLOSE DESCRIBE " +
			"RESET DISCARD ATTACH DETACH PREPARE DEALLOCATE COPY CHECKPOINT MOVE LOAD KILL FLUSH",
		Call: "CALL EXECUTE EXEC",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = kind
		}
	}
	return m
}()

// verbOf returns the kind of a statement that begins with word, and whether it is a verb. Keywords are none.
func verbOf(word string) (Kind, bool) {
	const longest = len("DEALLOCATE")
	if len(word) > longest {
		return Other, false
	}
	kind, ok := verbs[strings.ToUpper(word)]
	return kind, ok
}

// kind returns the kind of a statement that begins with the keyword.
func (k keyword) kind() Kind {
	switch k {
	case kwSelect, kwValues, kwTable, kwWith:
		return Select
	case kwInsert, kwReplace:
		return Insert
	case kwUpdate:
		return Update
	case kwDelete:
		return Delete
	case kwMerge:
		return Merge
	case kwCreate:
		return Schema
	case kwEnd:
		return Commit
	case kwSet, kwFetch, kwDesc:
		return Utility
	case kwDo:
		return Call
	}
	return Other
}

func aggregate(name string) bool {
	switch name {
	case "count", "sum", "avg", "min", "max", "total", "group_concat", "string_agg", "array_agg", "json_agg", "jsonb_agg",
		"json_object_agg", "jsonb_object_agg", "json_arrayagg", "json_objectagg", "json_group_array", "json_group_object",
		"bool_and", "bool_or", "every", "stddev", "variance", "bit_and", "bit_or":
		return true
	}
	return false
}

// volatile reports whether a function may answer differently each time that it is called with the same arguments, or
// does more than answer.
func volatile(name string) bool {
	switch name {
	case "now", "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "clock_timestamp",
		"statement_timestamp", "transaction_timestamp", "timeofday", "sysdate", "getdate", "curdate", "curtime", "utc_timestamp",
		"utc_date", "utc_time", "unix_timestamp", "random", "rand", "randomblob", "newid", "uuid", "uuid_short", "gen_random_uuid",
		"uuid_generate_v1", "uuid_generate_v4", "uuidv4", "uuidv7", "nextval", "currval", "lastval", "setval", "last_insert_id",
		"last_insert_rowid", "changes", "total_changes", "found_rows", "row_count", "pg_sleep", "sleep", "get_lock",
		"release_lock", "is_free_lock", "is_used_lock", "txid_current", "pg_current_xact_id", "pg_backend_pid", "connection_id", "pg_is_in_recovery":
		return true
	}
	return strings.HasPrefix(name, "pg_advisory_") || strings.HasPrefix(name, "pg_try_advisory_")
}

// clock reports whether a name stands for the clock without being called.
func clock(name string) bool {
	switch len(name) {
	case len("sysdate"):
		return strings.EqualFold(name, "sysdate")
	case len("localtime"):
		return strings.EqualFold(name, "localtime")
	case len("current_date"):
		return strings.EqualFold(name, "current_date") || strings.EqualFold(name, "current_time")
	case len("localtimestamp"):
		return strings.EqualFold(name, "localtimestamp")
	case len("current_timestamp"):
		return strings.EqualFold(name, "current_timestamp")
	}
	return false
}

// catalog reports whether a table belongs to the database's own catalog.
func catalog(table string) bool {
	table = strings.ToLower(table)
	if schema, name, ok := strings.Cut(table, "."); ok {
		switch schema {
		case "pg_catalog", "information_schema", "performance_schema", "mysql", "sys":
			return true
		case "main", "temp":
			table = name
		}
	}
	switch table {
	case "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence":
		return true
	}
	return strings.HasPrefix(table, "pg_") || strings.HasPrefix(table, "pragma_")
}
