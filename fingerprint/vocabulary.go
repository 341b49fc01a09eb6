package fingerprint

import "strings"

// kindOf returns the kind of a statement that begins with a keyword or word, the latter in lower case.
func kindOf(kw keyword, word string) Kind {
	switch kw {
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
	case kwSet, kwFetch:
		return Utility
	case kwDo:
		return Call
	}
	switch word {
	case "begin", "start":
		return Begin
	case "commit":
		return Commit
	case "rollback", "abort":
		return Rollback
	case "savepoint", "release":
		return Savepoint
	case "alter", "drop", "truncate", "rename", "comment", "grant", "revoke", "reindex":
		return Schema
	case "show", "pragma", "explain", "analyze", "vacuum", "lock", "unlock", "use", "declare", "listen", "notify", "unlisten", "close",
		"describe", "desc", "reset", "discard", "attach", "detach", "prepare", "deallocate", "copy", "checkpoint", "move", "load", "kill", "flush":
		return Utility
	case "call", "execute", "exec":
		return Call
	case "(":
		return Select
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

// clockWord reports whether a name stands for the clock without being called.
func clockWord(name string) bool {
	switch strings.ToLower(name) {
	case "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "sysdate":
		return true
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
