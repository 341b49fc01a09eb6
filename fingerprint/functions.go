package fingerprint

import "strings"

// aggregate reports whether the function with this name, in lower case, is an aggregate.
func aggregate(name string) bool {
	switch name {
	case "count", "sum", "avg", "min", "max", "total", "group_concat", "string_agg", "array_agg", "json_agg", "jsonb_agg",
		"json_object_agg", "jsonb_object_agg", "json_arrayagg", "json_objectagg", "json_group_array", "json_group_object",
		"bool_and", "bool_or", "every", "stddev", "variance", "bit_and", "bit_or":
		return true
	}
	return false
}

// volatile reports whether the function with this name, in lower case, may return another value at each call with the same
// arguments, or has an effect.
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

// clock reports whether a name is that of a clock which is no call: current_timestamp.
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

// A call says what the function before a parenthesis does with a value that holds several.
type call uint8

const (
	callOther     call = iota // no function, or one of no interest
	callArray                 // unnest(array, …) makes rows
	callJSON                  // json_each(text) makes rows
	callSeparated             // string_to_array(text, separator) makes an array or rows
	callOpaque                // json_table(text, …) makes rows in a way that is not read
	callCast                  // CAST(value AS type)
	callFindInSet             // FIND_IN_SET(column, text) compares
	callMemberOf              // column MEMBER OF (text) compares
)

// callOf returns what the function with this name, in lower case, does.
func callOf(name string) call {
	switch name {
	case "unnest":
		return callArray
	case "json_each", "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text",
		"json_to_recordset", "jsonb_to_recordset", "openjson":
		return callJSON
	case "string_to_array", "string_to_table", "string_split":
		return callSeparated
	case "json_table", "regexp_split_to_array", "regexp_split_to_table":
		return callOpaque
	case "cast":
		return callCast
	case "find_in_set":
		return callFindInSet
	}
	return callOther
}

// container returns what the function unpacks.
func (c call) container() Container {
	switch c {
	case callArray:
		return ContainerArray
	case callJSON:
		return ContainerJSON
	case callSeparated:
		return ContainerSeparated
	case callOpaque:
		return ContainerOther
	}
	return ContainerNone
}

// makesRows reports whether the function with this name, in lower case, returns any number of rows where it is called in a
// select list.
func makesRows(name string) bool {
	switch name {
	case "unnest", "generate_series", "generate_subscripts", "jsonb_path_query", "regexp_matches", "regexp_split_to_table",
		"string_to_table", "json_array_elements", "jsonb_array_elements", "json_array_elements_text",
		"jsonb_array_elements_text", "json_each", "json_each_text", "jsonb_each", "jsonb_each_text", "json_object_keys",
		"jsonb_object_keys", "json_populate_recordset", "jsonb_populate_recordset", "json_to_recordset", "jsonb_to_recordset":
		return true
	}
	return false
}
